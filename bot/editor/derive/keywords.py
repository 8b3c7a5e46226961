"""What a passage is about: its key phrases, names and numbers.

A word weighs the more, the fewer other passages have it. Function words weigh nothing.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, pairwise, takewhile

from bot.editor.derive.question_templates import QuestionTemplates
from bot.text.folding import words
from bot.text.languages import stem

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-'’\u200c][^\W_]+)*|[^\s\w]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AGE = re.compile(
    r"[^\W\d_],\s\(?[1-9]\d[,)]|\b(?:is|turned|ist|wurde|cumplió)\s[1-9]\d(?=[,.;)])"
    r"|\b[1-9]\d[ -](?:years?[ -]old|Jahre alt|años de edad|(?:лет|года?)(?! назад)|ساله)\b"
)
"""Somebody's age: "Ada Brook, 71, ...", "she is 71."."""
_MOST_WORDS, _MOST_OF_A_NAME = 2, 4
"""Longer runs of content words mostly hold a verb ("retired baker taught"); names are longer."""
_NEAR_NOUN = 2
"""How much more a phrase weighs behind "the", "of" and the like: verbs and adverbs seldom stand there."""
_CUT = 0.8
"""How much less it weighs where the run of content words continues: "reading" of "reading package"."""
_LONGEST_CLAUSE = 12
"""Words: a longer question is seldom typed."""
_SHORT = 2
"""Words: "And sheep?", "A hearse?"."""
_SHORTEST = 3
"""Letters: shorter words are seldom what a passage is about."""


@dataclass(frozen=True, slots=True)
class KeyPhrase:
    """Words of a passage as typed, in lower case but for names, and the same with the article before them."""

    text: str
    with_article: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """What one passage is about, the weightiest first.

    clauses  the parts of its sentences between two marks, as typed
    gists    the content words of each of its sentences, for questions that take one word here and one there
    asked    the same behind words that ask for what the sentence holds: a number, a time, a name, a reason
    counted  what the passage tells the number of
    """

    phrases: tuple[KeyPhrase, ...]
    clauses: tuple[str, ...]
    gists: tuple[str, ...]
    asked: tuple[str, ...]
    names: tuple[str, ...]
    counted: tuple[str, ...]
    has_year: bool
    has_age: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, or marks (`folded` is "" then). `first`: it begins a sentence, where every word has a capital."""

    typed: str
    folded: str
    first: bool


class KeywordIndex:
    """The words of all passages of a text."""

    def __init__(self, texts: Iterable[str], templates: QuestionTemplates) -> None:
        self._templates = templates
        passages = [_tokens(text) for text in texts]
        self._passages = max(1, len(passages))
        stems = ({stem(token.folded) for token in tokens if token.folded} for tokens in passages)
        self._passages_with = Counter(chain.from_iterable(stems))
        within_sentences = (token for tokens in passages for token in tokens if not token.first)
        capitalised = {token.folded for token in within_sentences if token.typed[0].isupper()}
        self._names = capitalised - templates.function_words
        pairs = (pair for tokens in passages for pair in pairwise(tokens))
        self._verbs = {
            each.folded for before, each in pairs if before.folded in templates.before_verbs
        } - self._names

    def keywords(self, text: str) -> Keywords:
        """The keywords of one of the passages. A passage of function words has none."""
        tokens = _tokens(text)
        weighted = sorted(self._phrases(tokens), key=lambda pair: -pair[0])
        return Keywords(
            phrases=tuple(_distinct(phrase for _, phrase in weighted)),
            clauses=tuple(dict.fromkeys(self._clauses(tokens))),
            gists=tuple(dict.fromkeys(gist for gist, _ in self._gists(tokens))),
            asked=tuple(dict.fromkeys(self._asked(tokens))),
            names=tuple(dict.fromkeys(self._runs_of_names(tokens))),
            counted=tuple(dict.fromkeys(self._counted(tokens))),
            has_year=any(_YEAR.fullmatch(token.folded) for token in tokens),
            has_age=_AGE.search(text) is not None,
        )

    def stands_alone(self, question: str) -> bool:
        """Whether one understands it without what was said before, unlike "And sheep?" and "Are you against it?"."""
        folded = words(question)
        is_long = len(folded) > _SHORT + (folded[0] in self._templates.conjunctions) if folded else False
        content = [each for each in _tokens(question) if self._is_content(each)]
        return is_long and len(content) > self.points_back(question)

    def points_back(self, question: str) -> bool:
        return not self._templates.pointing.isdisjoint(words(question))

    def _phrases(self, tokens: list[_Token]) -> Iterator[tuple[float, KeyPhrase]]:
        """Short runs of content words, of a name or without a verb at an end, each with its weight before it."""
        for start, token in enumerate(tokens):
            is_name = token.folded in self._names
            most = _MOST_OF_A_NAME if is_name else _MOST_WORDS
            before = tokens[start - 1].folded if start else ""
            article = f"{before} " if before in self._templates.articles else ""
            for end in range(start + 1, min(start + most, len(tokens)) + 1):
                run, last = tokens[start:end], tokens[end - 1]
                name_ended = is_name and any(each.folded not in self._names for each in run[1:-1])
                if name_ended or not self._is_content(last):
                    break
                if last.folded in self._verbs | self._templates.no_nouns or token.folded in self._verbs:
                    continue
                weight = sum(map(self._weight, run)) / len(run) ** 0.7
                near = _NEAR_NOUN if before in self._templates.before_nouns else 1
                cut = _CUT if end < len(tokens) and self._is_content(tokens[end]) else 1
                yield weight * (near * cut), KeyPhrase(self._typed(run), article + self._typed(run))

    def _weight(self, token: _Token) -> float:
        """In nats: 0 for a word of every passage, log(number of passages) for one of this passage alone."""
        return math.log((1 + self._passages) / max(1, self._passages_with[stem(token.folded)]))

    def _is_content(self, token: _Token) -> bool:
        is_function_word = token.folded in self._templates.function_words
        return len(token.folded) >= _SHORTEST and not is_function_word and not self._is_number(token)

    def _is_number(self, token: _Token) -> bool:
        """Digits or number words, also joined: "ninety-nine"."""
        parts = words(token.typed)
        return bool(parts) and all(part.isdigit() or part in self._templates.number_words for part in parts)

    def _typed(self, run: Iterable[_Token]) -> str:
        return " ".join(t.typed if t.folded in self._names else t.typed.lower() for t in run)

    def _clauses(self, tokens: list[_Token]) -> Iterator[str]:
        """Cut at marks, long ones in equal parts; each has two content words, or one that no other passage has."""
        for is_words, run in groupby(tokens, lambda token: token.folded != ""):
            clause = list(run) if is_words else []
            parts = -(-len(clause) // _LONGEST_CLAUSE)
            for part in range(parts):
                words_of_part = self._trimmed(
                    clause[len(clause) * part // parts : len(clause) * (part + 1) // parts]
                )
                content = [each for each in words_of_part if self._is_content(each)]
                if len(content) > 1 or any(self._passages_with[stem(each.folded)] == 1 for each in content):
                    yield self._typed(words_of_part)

    def _trimmed(self, clause: list[_Token]) -> list[_Token]:
        """Without what joins it to its neighbours: "and the sheep", "flat in Gothenburg and"."""
        joining = self._templates.conjunctions
        start = 1 if clause and clause[0].folded in joining else 0
        while clause and clause[-1].folded in joining | self._templates.before_nouns:
            clause = clause[:-1]
        return clause[start:]

    def _asked(self, tokens: list[_Token]) -> Iterator[str]:
        templates = self._templates
        for gist, sentence in self._gists(tokens):
            folded = {token.folded for token in sentence}
            has_number = any(
                self._is_number(token) and not _YEAR.fullmatch(token.folded) for token in sentence
            )
            has_time = not templates.times.isdisjoint(folded) or any(map(_YEAR.fullmatch, folded))
            starts = (
                *(templates.asking_number if has_number else ()),
                *(templates.asking_time if has_time else ()),
                *(templates.asking_name if folded & self._names else ()),
                *(templates.asking_reason if not templates.reasons.isdisjoint(folded) else ()),
                *templates.asking_thing,
            )
            asked = " ".join(word for word in gist.split() if word not in templates.times)
            yield from (f"{start} {asked}" for start in starts if asked)

    def _gists(self, tokens: list[_Token]) -> Iterator[tuple[str, list[_Token]]]:
        """Of a long sentence the weightiest words; and the sentence."""
        ends = [at for at, token in enumerate(tokens, 1) if not token.folded and token.typed[0] in ".!?…؟"]
        for start, end in pairwise([0, *ends, len(tokens)]):
            content = (token for token in tokens[start:end] if self._is_content(token))
            distinct = list({stem(token.folded): token for token in content}.values())
            weightiest = sorted(distinct, key=self._weight, reverse=True)[:_LONGEST_CLAUSE]
            if len(weightiest) > 1:
                yield self._typed(token for token in distinct if token in weightiest), tokens[start:end]

    def _runs_of_names(self, tokens: list[_Token]) -> Iterator[str]:
        for is_name, run in groupby(tokens, lambda t: t.folded in self._names and t.typed[0].isupper()):
            if is_name:
                yield _POSSESSIVE.sub("", " ".join(token.typed for token in run))

    def _counted(self, tokens: list[_Token]) -> Iterator[str]:
        """What stands behind a number that is no year: "four quiet hives" gives "quiet hives"."""
        no_nouns = self._templates.no_nouns
        for number, token in enumerate(tokens):
            if self._is_number(token) and not _YEAR.fullmatch(token.folded):
                behind = takewhile(self._is_content, tokens[number + 1 : number + 3])
                run = list(takewhile(lambda each: each.folded not in no_nouns, behind))
                if run:
                    yield self._typed(run)


def _tokens(text: str) -> list[_Token]:
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
