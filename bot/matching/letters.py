"""Messages in the wrong letters, and what they stand for.

Persian and Russian in Latin letters ("chera yandex az iran raft"), a keyboard that was left in another language
("gjxtve zyltrc eitk"), and words of another script inside a message ("почему yandex ушёл"). Each way gives a reading,
a text in the letters that it stands for; one is taken only where it explains clearly more than the text as typed.
"""

import re
from collections.abc import Iterable, Iterator

from bot.matching.matcher import Matcher
from bot.matching.mixed_scripts import MixedScripts
from bot.matching.transliteration import FROM, LATIN, TO_PERSIAN, TO_RUSSIAN, UNSHIFTED, Sounds
from bot.text.folding import words
from bot.text.languages import script_for, scripts_in, stem

MOSTLY_KNOWN = 0.66
"""Part of the words from which on a text is in the right letters, whatever else it might be: two of three. With 0.7,
one of 269 messages in other letters is read more, and misspelt English in few words is read as Russian."""

HALF_KNOWN = 0.5
"""Part of the words that a reading by keyboard, or in Russian, must have known to be looked at."""

FITTING = 0.73
"""Mean similarity of what was typed to the Persian words that it is read as, from which on it may be Persian."""

SURELY, LONG_ENOUGH = 0.9, 5
"""How well a message of one word must fit, and its least letters: with less, one ordinary English word in a hundred is
read otherwise ("ford", "dad")."""

LONGEST_READ = 40
"""A longer message is no question, and each unknown word is looked for in two languages."""

CLEARLY, AHEAD = 1.5, 0.08
"""By how much a reading must explain more than the text as typed: as a factor, and as a distance. Of 2,529 English
messages none is read otherwise with them, a few are without."""


class Letters:
    """Reads messages in the letters that they stand for, by the words of a matcher's phrases."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._sounds = Sounds(matcher)
        self._mixed_scripts = MixedScripts(matcher, self._sounds)

    def read(self, text: str) -> str:
        """`text` in the letters that it stands for; `text` itself where they are right, or nothing is clearly better.

        >>> Letters(bot.matcher).read("chera yandex az iran raft")
        'چرا یاندکس از ایران رفت'
        """
        typed, script = words(text), script_for(text)
        if len(typed) > LONGEST_READ:
            return text
        scripts = scripts_in(typed)
        if len(scripts) > 1:
            reading = self._mixed_scripts.in_one(typed, scripts)
            readings = [(reading, 1.0)] if reading != " ".join(typed) else []
        elif self._matcher.part_known(typed, script) >= MOSTLY_KNOWN and not self._is_nonsense(typed, script):
            return text
        else:
            readings = list(self._otherwise(text, typed, script))
        found = [(self._explained(reading) * fit, reading) for reading, fit in readings]
        if not found:
            return text
        (explained, best), as_typed = max(found), self._explained(text)
        return best if explained > max(CLEARLY * as_typed, as_typed + AHEAD) else text

    def _is_nonsense(self, typed: tuple[str, ...], script: str) -> bool:
        """Whether nothing but one example out of scope has the words: nonsense may be one ("ghbdtn rfr ltkf")."""
        terms = map(self._matcher.model(script).index.term, map(stem, typed))
        return all(term.total == 1 and term.support == 0.0 for term in terms)

    def _explained(self, text: str) -> float:
        """How much of a text the phrases of its best intent explain, 0 to 1."""
        ranking = self._matcher.rank(self._matcher.utterance(text))
        if ranking.about_features is None:
            return 0.0
        similarity = max(each.features.similarity for each in ranking.candidates)
        return similarity * (1.0 - ranking.about_features.unknown)

    def _otherwise(self, text: str, typed: tuple[str, ...], script: str) -> Iterator[tuple[str, float]]:
        """The readings of a text in one script, each with how well its words fit."""
        if script != LATIN:
            plain = [text.lower().translate(FROM[script])] if script in FROM else []
            readings = [each for each in plain if len(words(each)) <= len(typed)]  # "tv,n," is no word
        else:
            keys = text.translate(UNSHIFTED)
            lowered = re.sub(
                "[ABD-GI-Z]", lambda found: found[0].lower(), keys
            )  # the shifted H and C are letters
            readings = [keys.lower().translate(TO_RUSSIAN), lowered.translate(TO_PERSIAN)]
            russian, russian_fit = _joined(map(self._sounds.russian, re.findall(r"[\w']+", text.lower())))
            alone = len(typed) == 1
            by_sound = not alone or len(typed[0]) >= LONG_ENOUGH
            if by_sound and russian_fit >= (SURELY if alone else 0.0):
                readings.append(russian)
            persian, persian_fit = _joined(map(self._sounds.persian, typed))
            if by_sound and persian_fit >= (SURELY if alone else FITTING):
                yield persian, persian_fit
        for reading in readings:
            if self._matcher.part_known(words(reading), script_for(reading)) >= HALF_KNOWN:
                yield reading, 1.0


def _joined(words_read: Iterable[tuple[str, float]]) -> tuple[str, float]:
    """Words that were read as one text, and how well those without digits fit on average."""
    found = list(words_read)
    fits = [fit for word, fit in found if not any(map(str.isdigit, word))]
    return " ".join(word for word, _ in found), sum(fits) / max(1, len(fits))
