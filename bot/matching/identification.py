"""In which language a text is, of several that are written in the same letters.

A language is known by what is written in it: phrases, titles, and the bot's own sentences; some also by a short list of
their function words (`FUNCTION_WORDS`). These are the commonest in any text, so they tell most; a word that no language
has is told by its spelling.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache

from bot.text.folding import words
from bot.text.languages import letter_script, script_of

SPELT = 20.0
"""Words' worth of trust in how words of a language are spelt, beside those that are written down in it."""

SHORTER = 1.0
"""The same for two letters beside three, and for one letter beside two."""

LETTERS = 40
"""About how many letters and digits a folded word may have; each is possible in each language."""

FUNCTION_WORDS = {
    "en": "a an and are at can could did do does for from hello hi how i in is it me no not of on please thanks "
    "that the their there they this to was were what when where which who why will with would yes you",
    "es": "a al adiós algo así cada como cómo con cuál cuándo cuánto cuántos de del dónde el ella ellos en es esa "
    "ese eso está este esto fue gracias hay hola la las lo los más me mi muy no o para pero por puedo que qué "
    "quién se sí sobre son su un una y",
    "de": "aber als am auch auf bei bitte da danke das dem den der die du ein eine es für gibt hallo hat ich im in "
    "ist ja kann man mit nein nicht noch oder sie sind über und uns von war warum was wann wer wie wieso wo "
    "wurde zu",
    "tr": "acaba ama bana ben bir bu bunu çok da daha de değil diye evet gibi hangi hayır için ile kaç kim lütfen "
    "merhaba mı mi mu mü nasıl ne neden nerede niçin o olan onu sağol şey şu teşekkürler var ve veya ya yok "
    "zaman",
    "fr": "a au avec bonjour ce ces cette combien comment dans de des du elle en est et il ils je la le les leur "
    "mais merci non nous ou où oui par pas plus pour pourquoi quand que quel quelle qui quoi sa se son sont "
    "sur un une vous y",
    "it": "a al anche che chi ci ciao come con cosa da dal del della di dove e è gli grazie ha i il in io la le lo "
    "ma mi nel non o per perché più quale quando quanto questo se si sono su suo un una",
    "pt": "a ao as com como da das de do dos e é ela ele em eu foi isso isto mais mas na não no nos o obrigado olá "
    "onde os ou para pelo por porque qual quando quanto que quem se sua são também tem um uma você",
    "nl": "aan als bij dan dank dat de der die dit een en er haar had hallo heeft het hoe hij hoeveel ik in is ja "
    "je kan maar met naar nee niet of om ook op te uit van voor waar waarom wanneer was wat wel welke wie wij "
    "ze zijn",
}
"""Some of the commonest words, for languages with few phrases yet. A language without them works, too."""

LONGEST_WORD = 40
"""Letters of a word that are looked at: the likelihood of more would be too small a number."""

MOST_TOLD, MOST_TOLD_BY_SPELLING = 5.0, 2.0
"""Most log-odds that a word may tell, and one that no language has: a name alone tells nothing."""

TOLD_FROM = 2.5
"""Log-odds from which on a text is told: 12 to 1."""


def language_of_text(text: str) -> str | None:
    """The language of a whole text by its commonest words, of those above; None where another script or none tells.

    >>> language_of_text("La leña de encina da un calor que no se va de golpe."), language_of_text("Что это?")
    ('es', None)
    """
    return _of_all().tell(text) if script_of(text) == "latin" else None


@cache
def _of_all() -> "Identifier":
    return Identifier(dict.fromkeys(FUNCTION_WORDS, ()))


def is_in_other_language(text: str, known: Collection[str]) -> bool:
    """Whether a text is surely in none of the languages that are known: its commonest words tell another one, or most
    of its letters are of no known script.

    >>> is_in_other_language("¿por qué no está?", ["en", "ru"]), is_in_other_language("為什麼", ["en"])
    (True, True)
    """
    told = language_of_text(text)
    letters = [letter_script(char) for char in text if char.isalpha()]
    return (told is not None and told not in known) or 2 * letters.count(None) > len(letters)


class Identifier:
    """Tells languages apart by the texts in each. Words that `is_name` picks out tell nothing.

    >>> identifier = Identifier({"en": ["why did it close"], "es": ["por que cerro el puente"]})
    >>> identifier.tell("why is it closed"), identifier.tell("por qué?"), identifier.tell("yandex")
    ('en', 'es', None)
    """

    def __init__(
        self, texts: Mapping[str, Iterable[str]], is_name: Callable[[str], bool] = lambda _: False
    ) -> None:
        self._is_name = is_name
        self._written = {
            language: Counter(
                word for text in (*written, FUNCTION_WORDS.get(language, "")) for word in _forms(text)
            )
            for language, written in texts.items()
        }
        self._total = {language: counts.total() for language, counts in self._written.items()}
        self._spelling = {language: _spelling(counts) for language, counts in self._written.items()}
        self._likelihoods = lru_cache(maxsize=4096)(self._of_word)

    def tell(self, text: str) -> str | None:
        """The language that `text` is in; None where its words do not tell."""
        scores = dict.fromkeys(self._written, 0.0)
        for word in _typed(text):
            if not self._is_name(word):
                for language, likelihood in self._likelihoods(word).items():
                    scores[language] += likelihood
        best, *others = sorted(scores, key=lambda language: -scores[language])
        return best if all(scores[best] - scores[other] >= TOLD_FROM for other in others) else None

    def has(self, word: str, language: str) -> bool:
        """Whether a word is among what is written in a language."""
        return word in self._written[language]

    def _of_word(self, word: str) -> dict[str, float]:
        """The log-likelihood of a word in each language, not much below the greatest."""
        found = {
            language: math.log(
                (counts[word] + SPELT * self._spelt(language, word)) / (self._total[language] + SPELT)
            )
            for language, counts in self._written.items()
        }
        is_written = any(counts[word] for counts in self._written.values())
        least = max(found.values()) - (MOST_TOLD if is_written else MOST_TOLD_BY_SPELLING)
        return {language: max(least, likelihood) for language, likelihood in found.items()}

    def _spelt(self, language: str, word: str) -> float:
        """How likely the letters of a word follow one another in a language."""
        counts = self._spelling[language]
        likelihood, marked = 1.0, f"  {word} "
        for place in range(2, len(marked)):
            part = 1.0 / LETTERS
            for start in (place, place - 1, place - 2):
                before, whole = marked[start:place], marked[start : place + 1]
                part = (counts[whole] + SHORTER * part) / (counts[f"{before}*"] + SHORTER)
            likelihood *= part
        return likelihood


def _typed(text: str) -> list[str]:
    """The words of a text with their accents: where they are typed, they tell much."""
    return [word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", text.lower()) if word.isalpha()]


def _forms(text: str) -> list[str]:
    """The words of a text with their accents and, since many people type none, without."""
    typed = _typed(text)
    return [*typed, *(word for word in words(text) if word.isalpha() and word not in typed)]


def _spelling(known: Iterable[str]) -> Counter[str]:
    """How often one, two and three letters in a row stand in the words, and "ab*" for any letter behind two."""
    counts: Counter[str] = Counter()
    for word in known:
        marked = f"  {word} "
        for place in range(2, len(marked)):
            for start in (place, place - 1, place - 2):
                counts[marked[start : place + 1]] += 1
                counts[marked[start:place] + "*"] += 1
    return counts
