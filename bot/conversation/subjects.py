"""What a short message names by itself, and what it can mean near the answer before."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from functools import partial
from itertools import chain, islice

from bot.corpus.corpus import Corpus
from bot.corpus.intents import CORRECTION, Intent
from bot.matching import Calibration, Matcher, decide
from bot.matching.model import Model
from bot.text.folding import comparison_key, words

LONGEST_FOLLOW_UP = 8
"""Words. A longer message says itself what it is about."""

SUBJECT_WEIGHT = 0.67
"""Part of the greatest weight from which on a word tells what is spoken about: "yandex" has 0.77, "company" 0.49."""

NEARBY = 0.25
"""How many examples with a word must be of intents near, for each of other intents, to be a word of what is near:
"lifted", after what is said about sanctions, but not "coffee" after another answer. With 1.0 four of 128 follow-ups of
other people more are misunderstood."""

_GAP = re.compile(r"[\s,.!?;:،؛؟…–—-]+")

MOST_OPENINGS = 3

ASKING_WEIGHT = 0.55
"""The same for a word that tells what is asked for: "pay" has 0.58, "who" 0.43."""


class Subjects:
    """Tells what a text asks for, which of its words name a subject, and whose subject it is."""

    def __init__(self, corpus: Corpus, matcher: Matcher, calibration: Calibration) -> None:
        self.corpus = corpus
        self.matcher = matcher
        self.calibration = calibration
        self.decided = partial(
            decide,
            calibration=calibration,
            offerable=frozenset(corpus.quotations),
            read_as_one=corpus.read_as_one,
        )
        opening = (intent for intent in corpus.intents.intents if intent.opens)
        self._openings = frozenset(phrase.key for intent in opening for phrase in intent.phrases)
        self._first_of_openings = frozenset(key.split(" ")[0] for key in self._openings)
        corrections = (intent for intent in corpus.intents.intents if intent.in_reply == CORRECTION)
        self._corrections: defaultdict[str, list[list[str]]] = defaultdict(list)  # by their first words
        for phrase in chain.from_iterable(each.phrases for each in corrections):
            self._corrections[phrase.key.split(" ")[0]].append(phrase.key.split())

    def kind(self, text: str) -> str:
        """What a text asks for: see `Matcher.kind`."""
        return self.matcher.kind(self.matcher.utterance(text))

    def is_bare(self, text: str) -> bool:
        """Whether a text is short and names no subject: no word tells what it is about."""
        return len(words(text)) <= LONGEST_FOLLOW_UP and not self._telling(text)

    def points_back(self, text: str, previous: Intent) -> bool:
        """Whether a short text speaks of something said before: with hardly a word that tells what it is about ("how
        high is it in percent"), or with words that people use for that ("how long must I wait")."""
        folded = words(text)
        if len(folded) > LONGEST_FOLLOW_UP or len(self._telling(text)) > 1:
            return False
        return self._has_pointing_word(text) or self.is_of(text, previous)

    def is_of(self, text: str, intent: Intent) -> bool:
        """Whether all words that tell what a short text is about, if any, are in phrases of an intent."""
        return len(words(text)) <= LONGEST_FOLLOW_UP and self._are_in_phrases(
            text, self._telling(text), intent
        )

    def asks_as(self, text: str, intent: Intent) -> bool:
        """Whether all words of some weight are in phrases of an intent: "who is it", but not "who pays for it" of one
        that is not about pay."""
        return self._are_in_phrases(text, self._telling(text, ASKING_WEIGHT), intent)

    def is_near(self, text: str, previous: Intent) -> bool:
        """Whether a short text names nothing, or what is asked near the answer of `previous` rather than elsewhere,
        also in vain ("when will they be lifted"), or says one thing of what was spoken about ("who runs it"). A name
        that is not quoted there ("and Tehran?") is something new."""
        names = self.matcher.lexicon.names.in_order
        quoted = {name for each in self.corpus.quotations[previous.id] for name in names(words(each.exact))}
        if len(words(text)) > LONGEST_FOLLOW_UP or not quoted.issuperset(names(words(text))):
            return False
        model, near, telling = self._model(text), self.near(previous), self._telling(text)
        if len(telling) == 1 and self._has_pointing_word(text):
            return True
        return all(_is_asked_near(model, model.groups.stem(each), near) for each in telling)

    def near(self, previous: Intent) -> frozenset[str]:
        """The ids that a follow-up can mean: the same, those of its topic and `see_also`, overviews that show it."""
        around = (intent.id for intent in self.corpus.around(previous))
        named = (reference.intent_id for reference in previous.see_also)
        overviews = (
            each.id
            for each in self.corpus.intents.overviews()
            if any(reference.intent_id == previous.id for reference in each.answers)
        )
        return frozenset((previous.id, *around, *named, *overviews))

    def subject(self, intent: Intent, text: str) -> str:
        """The words of the intent's title, in the language of `text`, that tell what it is about; else all."""
        title = intent.title.best(self.matcher.language(text))
        return " ".join(self._telling(title)) or title

    def named_subject(self, intent: Intent, text: str) -> str:
        """The names among these words ("yandex", of what was agreed about Yandex); without any, all of them."""
        telling = self.subject(intent, text)
        return (
            " ".join(each for each in words(telling) if self.matcher.lexicon.names.in_order([each]))
            or telling
        )

    def without_opening(self, text: str) -> str:
        """What comes after openings ("Hello there! Sorry, why did Yandex leave?"); the text itself where nothing does.

        It must have words.
        """
        for _ in range(MOST_OPENINGS):
            if words(text)[0] not in self._first_of_openings:
                break
            rests = [
                text[gap.end() :]
                for gap in islice(_GAP.finditer(text), LONGEST_FOLLOW_UP)
                if comparison_key(text[: gap.start()]) in self._openings
            ]
            text = next(filter(words, reversed(rests)), text)
        return text

    def without_correction(self, text: str) -> str:
        """What comes after "no, I meant": a new question. A text without such a beginning stays as it is.

        It must have words. A phrase may also enclose the question, as «نه منظورم» and «بود» do.
        """
        folded = best = list(words(text))
        for phrase in self._corrections.get(folded[0], ()):
            for begun in range(len(phrase), 0, -1):
                end = len(folded) - len(phrase) + begun
                if folded[:begun] == phrase[:begun] and folded[end:] == phrase[begun:]:
                    best = min(best, folded[begun:end] or best, key=len)
        return " ".join(best) if len(best) < len(folded) else text

    def _has_pointing_word(self, text: str) -> bool:
        return not self.matcher.lexicon.kinds.pointing.isdisjoint(words(text))

    def _are_in_phrases(self, text: str, found: Sequence[str], intent: Intent) -> bool:
        """Whether words that were found in a text are all in phrases of an intent."""
        stem = self._model(text).groups.stem
        known = {stem(word) for phrase in intent.phrases for word in phrase.key.split()} if found else set()
        return {stem(each) for each in found} <= known

    def _telling(self, text: str, least: float = SUBJECT_WEIGHT) -> list[str]:
        """The words that tell what a text is about."""
        model, pointing = self._model(text), self.matcher.lexicon.kinds.pointing
        enough, weight, stem = least * model.index.unknown_weight, model.index.weight, model.groups.stem
        return [each for each in words(text) if each not in pointing and weight(stem(each)) >= enough]

    def _model(self, text: str) -> Model:
        return self.matcher.model(self.matcher.language(text))


def _is_asked_near(model: Model, stem: str, near: Set[str]) -> bool:
    """Whether a part of the examples with a word are of these intents (ids); those out of scope do not count."""
    term, counts = model.index.term(stem), Counter[bool]()
    for number, count in chain(term.phrases.items(), term.negatives.items()):
        if number not in model.index.out_of_scope:
            counts[model.intents[number].id in near] += count
    return counts[True] >= max(1, NEARBY * counts[False])
