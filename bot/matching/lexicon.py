"""What is known of words before any intent is read: groups of synonyms, kinds of questions, and names."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from bot.matching.terms import WordGroups
from bot.text.folding import comparison_key, words
from bot.text.languages import SCRIPTS, language_of, stem, stemmer

KINDS = ("when", "how_much", "how_many", "who", "where", "why", "personal", "how", "which", "whether", "what")
"""In the order in which they are looked for: "how many companies" asks for a number, not which companies. Of the last
two the first in the question counts: "what is" asks what, and "is it known what" whether."""

LAST = KINDS.index("whether")

OTHER = "other"
"""No question word: a bare noun, a statement."""

HELD = ("when", "how_many", "how_much")
"""Kinds of which a passage can be seen to hold nothing. A table has their words under "when_held" and so on."""

WORD_LISTS = ("pointing", "beginning", "before_beginning", "joining", "joining_beginnings")
POINTING, BEGINNING, BEFORE_BEGINNING, JOINING, JOINING_BEGINNINGS = WORD_LISTS
"""Other keys of a table: words that point to what was said before; with which a question begins; that may stand before
these; that may join two questions ("who is in it and where is it"); that do so where the second one begins as one."""

TABLE_KEYS = (*KINDS, *(f"{kind}_held" for kind in HELD), *WORD_LISTS)

ONLY_BEGINNING = "only_beginning"
"""The key for whether what begins otherwise is no question, whatever words are in it ("It is long")."""

_MARKS = ("?", "؟")
_NEVER = r"(?!)"


class QuestionKinds:
    """Tables of entries by language: by which words a question asks for a kind, and a passage holds it.

    >>> kinds = QuestionKinds({"en": {"when": ["what year"], "who": ["which bank*"], "when_held": ["soon"]}})
    >>> kinds.kind("in what year", "en"), kinds.kind("which banks", "en"), kinds.kind("yandex", "en")
    ('when', 'who', 'other')
    >>> kinds.holds("It will be soon", "when"), kinds.holds("in 2015", "when"), kinds.holds("It is good", "when")
    (True, True, False)

    An entry is a sequence of words; with a * at its end it also stands for longer words.

    pointing        words of all languages that point to what was said before ("there", "them"); they name no subject
    joint           what may lie between two questions in one sentence (" and "), in any language
    question_joint  the same, with more words (" also "), where the second one begins as a question
    only_beginning  the languages in which a question has to begin as one
    """

    def __init__(
        self,
        tables: Mapping[str, Mapping[str, Sequence[str]]] = MappingProxyType({}),
        only_beginning: Collection[str] = (),
    ) -> None:
        self.only_beginning = only_beginning
        begun = [(_beginning(table), table) for table in tables.values() if table.get(BEGINNING)]
        joined = (
            rf",?\s+(?:{_any_of(table, JOINING, JOINING_BEGINNINGS)})\s+(?={beginning})"
            for beginning, table in begun
        )
        self._beginning = re.compile("|".join(beginning for beginning, _ in begun) or _NEVER, re.IGNORECASE)
        self.question_joint = re.compile("|".join(joined) or _NEVER, re.IGNORECASE)
        joining = "|".join(_any_of(table, JOINING) for table in tables.values()) or _NEVER
        self.joint = re.compile(rf",?\s+(?:{joining})\s+", re.IGNORECASE)
        self.pointing = frozenset(
            each for table in tables.values() for entry in table.get(POINTING, ()) for each in words(entry)
        )
        self._kinds = {language: _pattern(table, KINDS) for language, table in tables.items()}
        self._held = {
            (language, kind): _pattern(table, [f"{kind}_held"])
            for language, table in tables.items()
            for kind in HELD
            if table.get(f"{kind}_held")
        }

    def is_asking(self, text: str) -> bool:
        """Whether a text has the form of a question: its mark, or a beginning in any language.

        >>> kinds = QuestionKinds({"en": {"beginning": ["is", "what"]}})
        >>> kinds.is_asking("is coffee free"), kinds.is_asking("coffee?"), kinds.is_asking("It was long.")
        (True, True, False)
        """
        return text.endswith(_MARKS) or self._beginning.match(text) is not None

    def languages(self) -> Iterable[str]:
        """The languages whose kinds can be told."""
        return self._kinds.keys()

    def kind(self, key: str, language: str) -> str:
        """The kind of a folded text (words kept apart by single spaces) in a language."""
        pattern = self._kinds.get(language)
        found = [
            (min(KINDS.index(each.lastgroup or ""), LAST), each.start(), each.lastgroup or "")
            for each in (pattern.finditer(key) if pattern else ())
        ]
        return min(found)[2] if found else OTHER

    def count(self, keys: Iterable[str], language: str) -> Counter[str]:
        """How many of the folded texts ask for each kind."""
        return Counter(self.kind(key, language) for key in keys)

    def holds(self, passage: str, kind: str, language: str = "") -> bool:
        """Whether a passage in a language (else in that of its script) holds anything of the kind; where that cannot be
        seen, it is taken to."""
        key, pattern = comparison_key(passage), self._held.get((language or language_of(passage) or "", kind))
        return pattern is None or any(map(str.isdigit, key)) or pattern.search(key) is not None


def _any_of(table: Mapping[str, Sequence[str]], *keys: str) -> str:
    return "|".join(re.escape(entry) for key in keys for entry in table.get(key, ())) or _NEVER


def _beginning(table: Mapping[str, Sequence[str]]) -> str:
    return rf"(?:(?:{_any_of(table, BEFORE_BEGINNING)})\s+)?(?:{_any_of(table, BEGINNING)})\b"


def _pattern(table: Mapping[str, Sequence[str]], keys: Iterable[str]) -> re.Pattern[str]:
    """Finds each place in folded text where an entry of one of the keys stands, of several the first one's. The group
    has the name of the key."""
    groups = []
    for name in keys:
        entries = ((comparison_key(entry), entry.endswith("*")) for entry in table.get(name, ()))
        forms = (
            re.escape(key) + r"\w*" * longer for key, longer in entries if key
        )  # "?" is found in no text
        groups.append(f"(?P<{name}>{'|'.join(forms) or _NEVER})")
    return re.compile(rf"\b(?=(?:{'|'.join(groups)})\b)")  # looks ahead, for entries may overlap


class NameTable:
    """Which people, places, companies and roles a text names, in whatever language and form. Each row is one thing in
    all its spellings, and has a number. One with dots ("U.S.") is left out: folded, it is another word ("us").

    >>> table = NameTable([["china", "китай"], ["minister", "министр"]])
    >>> table.in_order(["китаем", "iran"]), sorted(table.stems(0))
    ((0,), ['china', 'кита'])
    """

    def __init__(self, rows: Iterable[Iterable[str]] = ()) -> None:
        self._stems: list[frozenset[str]] = []
        self._row_of: dict[str, int] = {}
        self._plain: dict[str, str] = {}
        for number, row in enumerate(rows):
            spellings = tuple(row)
            plain = [name for name in spellings if "." not in name]
            self._plain |= dict.fromkeys((name for name in spellings if "." in name), next(iter(plain), ""))
            stems = frozenset(stem(word) for name in plain for word in words(name))
            self._stems.append(stems)
            for each in stems:
                self._row_of.setdefault(each, number)
        self._row = lru_cache(maxsize=4096)(lambda word: self._row_of.get(stem(word)))

    def words_of_source(self, text: str) -> tuple[str, ...]:
        """The folded words of a source, a name with dots as its row's first other spelling.

        >>> NameTable([["U.S.", "usa"]]).words_of_source("imposed by the U.S.")
        ('imposed', 'by', 'the', 'usa')
        """
        for name, plain in self._plain.items():
            text = text.replace(name, plain)
        return words(text)

    def in_order(self, folded: Iterable[str]) -> tuple[int, ...]:
        """The rows that folded words name, each once, in the order of the words."""
        return tuple(dict.fromkeys(row for row in map(self._row, folded) if row is not None))

    def count(self, keys: Iterable[str], most: int) -> Counter[tuple[int, ...]]:
        """How many of the folded texts name the same in the same order; of each text the first `most` names."""
        return Counter(self.in_order(key.split())[:most] for key in keys)

    def stems(self, row: int) -> frozenset[str]:
        """All stems of a row."""
        return self._stems[row]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """An empty one will do: then words stand for themselves, and no kind and no name is told.

    groups           lists of synonyms by language
    sentences        some text by language, so that languages in one script are told apart
    quoted_language  the language of what is quoted, "" for that of its script
    """

    kinds: QuestionKinds = field(default_factory=QuestionKinds)
    names: NameTable = field(default_factory=NameTable)
    groups: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    sentences: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quoted_language: str = ""
    _made: dict[str, WordGroups] = field(default_factory=dict, init=False, repr=False, compare=False)

    def groups_of(self, language: str, script: str) -> WordGroups:
        """The word groups of a language that is written in a script. Languages that scripts stand for (English,
        Russian, Persian) have theirs in common, since a message may have words of two scripts."""
        usual = {row.language for row in SCRIPTS.values()}
        languages = usual if language == SCRIPTS[script].language else {language}
        key = "" if languages is usual else language
        if key not in self._made:
            groups = chain.from_iterable(self.groups[each] for each in self.groups if each in languages)
            self._made[key] = WordGroups(groups, stemmer(language, script))
        return self._made[key]
