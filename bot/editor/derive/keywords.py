"""What a passage is about: key phrases, names and numbers, by their weight against the other passages.

Rule: a word weighs as much as it tells this passage from the others (how few of them have it, in nats);
function words weigh nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.editor.derive.question_templates import QuestionTemplates
from bot.text.folding import words
from bot.text.stems import stem

_TOKEN = re.compile(r"[^\W_]+(?:[-'’\u200c][^\W_]+)*|[^\s\w]+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MOST_WORDS, _MOST_OF_A_NAME = 2, 4
"""Longer runs of telling words mostly hold a command ("retired baker taught"); names are longer."""
_NEAR_NOUN = 1.4
"""How much more a phrase counts behind "the", "of" and the like: commands and adverbs seldom stand there."""
_CUT = 0.8
"""How much less it counts where the run of telling words goes on: "reading" of "reading package"."""
_LONGEST_GIST = 6
"""Words: a longer question is seldom typed."""
_SHORTEST = 3
"""Letters: shorter words are seldom what a passage is about."""


@dataclass(frozen=True, slots=True)
class KeyPhrase:
    """Words of a passage as typed, in lower case but for names, and the same with the article before them."""

    text: str
    with_article: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """What one passage is about, the weightiest first. `gists` are the telling words of each sentence;
    `counted` is what it tells the number of; `has_year` whether it names a year, `has_number` a number."""

    phrases: tuple[KeyPhrase, ...]
    gists: tuple[str, ...]
    names: tuple[str, ...]
    counted: tuple[str, ...]
    has_year: bool
    has_number: bool


@dataclass(frozen=True, slots=True)
class _Token:
    typed: str
    folded: str
    first: bool
    """Whether it begins a sentence, where every word is written with a capital."""


class KeywordIndex:
    """The words of all passages of a text."""

    def __init__(self, texts: Iterable[str], templates: QuestionTemplates) -> None:
        self._frames = templates
        passages = [_tokens(text) for text in texts]
        found = [{stem(token.folded) for token in tokens if token.folded} for tokens in passages]
        self._passages_with = Counter(each for stems in found for each in stems)
        self._passages = max(1, len(passages))
        self._names = {
            token.folded
            for tokens in passages
            for token in tokens
            if token.typed[0].isupper() and not token.first
        } - templates.function_words

    def of(self, text: str) -> Keywords:
        """The keywords of one of the passages. A passage of function words has none."""
        tokens = _tokens(text)
        candidates = list(self._candidates(tokens))
        order = sorted(range(len(candidates)), key=lambda n: (-candidates[n][0], n))
        return Keywords(
            phrases=tuple(_distinct(candidates[n][1] for n in order)),
            gists=tuple(dict.fromkeys(self._gists(tokens))),
            names=tuple(dict.fromkeys(self._runs_of_names(tokens))),
            counted=tuple(dict.fromkeys(self._counted(tokens))),
            has_year=any(_YEAR.fullmatch(token.folded) for token in tokens),
            has_number=any(self._is_number(token) for token in tokens),
        )

    def _candidates(self, tokens: list[_Token]) -> Iterator[tuple[float, KeyPhrase]]:
        """Short runs of telling words, all of a name or none, each with its weight."""
        for start in range(len(tokens)):
            most = _MOST_OF_A_NAME if tokens[start].folded in self._names else _MOST_WORDS
            for end in range(start + 1, min(start + most, len(tokens)) + 1):
                run = tokens[start:end]
                if not all(map(self._is_telling, run)) or len({t.folded in self._names for t in run}) > 1:
                    break
                weight = sum(map(self._weight, run)) / math.sqrt(len(run))
                before = tokens[start - 1].folded if start else ""
                whole = end == len(tokens) or not self._is_telling(tokens[end])
                weight *= (_NEAR_NOUN if before in self._frames.before_nouns else 1) * (1 if whole else _CUT)
                article = f"{before} " if before in self._frames.articles else ""
                yield weight, KeyPhrase(self._typed(run), article + self._typed(run))

    def _weight(self, token: _Token) -> float:
        """In nats: 0 for a word of every passage, log(number of passages) for one of this passage alone."""
        return math.log((1 + self._passages) / max(1, self._passages_with[stem(token.folded)]))

    def _is_telling(self, token: _Token) -> bool:
        return (
            len(token.folded) >= _SHORTEST
            and not self._is_number(token)
            and token.folded not in self._frames.function_words
        )

    def _is_number(self, token: _Token) -> bool:
        """Digits or number words, also joined: "ninety-nine"."""
        parts = words(token.typed)
        return bool(parts) and all(part.isdigit() or part in self._frames.number_words for part in parts)

    def _typed(self, run: Iterable[_Token]) -> str:
        return " ".join(t.typed if t.folded in self._names else t.typed.lower() for t in run)

    def _gists(self, tokens: list[_Token]) -> Iterator[str]:
        """The telling words of each sentence that has two or more, the weightiest of them, in order."""
        sentences: list[list[_Token]] = [[]]
        for token in tokens:
            if token.first and sentences[-1]:
                sentences.append([])
            if self._is_telling(token) or _YEAR.fullmatch(token.folded):
                sentences[-1].append(token)
        for telling in sentences:
            distinct = {stem(token.folded): token for token in telling}.values()
            weightiest = sorted(distinct, key=self._weight, reverse=True)[:_LONGEST_GIST]
            if len(weightiest) > 1:
                yield self._typed(token for token in distinct if token in weightiest)

    def _runs_of_names(self, tokens: list[_Token]) -> Iterator[str]:
        run: list[str] = []
        for token in [*tokens, _Token(".", "", True)]:
            if token.folded in self._names and token.typed[0].isupper():
                run.append(token.typed)
            elif run:
                yield " ".join(run)
                run = []

    def _counted(self, tokens: list[_Token]) -> Iterator[str]:
        """What stands behind a number that is no year: "four quiet hives" gives "quiet hives"."""
        for number, token in enumerate(tokens):
            if not self._is_number(token) or _YEAR.fullmatch(token.folded):
                continue
            run = []
            for following in tokens[number + 1 : number + 3]:
                if not self._is_telling(following):
                    break
                run.append(following)
            if run:
                yield self._typed(run)


def _tokens(text: str) -> list[_Token]:
    """The words and marks of a text; a mark has nothing to compare."""
    tokens: list[_Token] = []
    first = True
    for found in _TOKEN.finditer(text):
        typed = found.group()
        tokens.append(_Token(typed, "".join(words(typed)), first))
        first = typed[-1] in '.!?؟:“«"' or (first and not typed[0].isalnum())
    return tokens


def _distinct(phrases: Iterable[KeyPhrase]) -> Iterator[KeyPhrase]:
    """The phrases that share no word with an earlier one."""
    used: set[str] = set()
    for phrase in phrases:
        stems = {stem(word) for word in words(phrase.text)}
        if stems and not stems & used:
            used |= stems
            yield phrase
