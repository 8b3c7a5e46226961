"""What a visitor may mean."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.text.folding import comparison_key
from bot.text.languages import SCRIPTS, UNKNOWN_SCRIPT, Localized, script_of
from bot.yamlfiles.problems import Location

ANSWER, OVERVIEW, SMALL_TALK, OUT_OF_SCOPE = "answer", "overview", "small-talk", "out-of-scope"
INTENT_KINDS = (ANSWER, OVERVIEW, SMALL_TALK, OUT_OF_SCOPE)

LONGEST_LABEL = 32
"""Characters that a button on a phone shows in one line."""

CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Phrase:
    """An example utterance of an intent. `key` is the folded form in which it is compared; `script` is "" for a text
    without letters of a known script."""

    text: str
    language: str
    at: Location
    key: str = field(init=False, repr=False, compare=False)
    script: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        key = comparison_key(self.text)
        key = self.text if key == self.text else key  # of most phrases both are the same string: less memory
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "script", script_of(self.text) or "")


@dataclass(frozen=True, slots=True)
class WantedQuote:
    """A quotation as the editor wrote it, not yet looked up in the source."""

    text: str
    at: Location


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of another intent, and where it is named."""

    intent_id: str
    at: Location


@dataclass(frozen=True, slots=True)
class Topic:
    """What one can ask about: a file of intents and its files of phrases. `name` is the file's name without ending."""

    name: str
    title: Localized


@dataclass(frozen=True, slots=True)
class Intent:
    """Something a visitor may mean: example utterances, and what the bot replies.

    negatives  negative examples (`not:` in YAML): same topic, but the interview does not answer them
    label      the title, short enough for a button, where it was written; see `button`
    answers    the intents that an overview shows; none in other kinds
    say        the bot's own line, for small talk
    page       the page that small talk shows below its line, or ""
    example    whether /start and /help show it
    opens      small talk that people say before a question
    continues  small talk that asks, after an answer, for what comes next
    in_reply   what small talk asks about the answer before, one of IN_REPLY or a language; else ""
    """

    id: str
    kind: str
    topic: Topic
    title: Localized
    label: Localized
    quotes: tuple[WantedQuote, ...]
    phrases: tuple[Phrase, ...]
    negatives: tuple[Phrase, ...]
    see_also: tuple[Reference, ...]
    answers: tuple[Reference, ...]
    say: Localized
    page: str
    example: bool
    opens: bool
    continues: bool
    in_reply: str
    at: Location

    @property
    def is_answered(self) -> bool:
        """Whether the reply to it is an answer: a quotation or an overview."""
        return self.kind in {ANSWER, OVERVIEW}

    def content(self) -> "Intent":
        """The intent without its phrases, its negative examples, and all places, to be compared with another."""
        nowhere = Location("")
        return replace(
            self,
            quotes=tuple(replace(quote, at=nowhere) for quote in self.quotes),
            phrases=(),
            negatives=(),
            see_also=tuple(replace(reference, at=nowhere) for reference in self.see_also),
            answers=tuple(replace(reference, at=nowhere) for reference in self.answers),
            at=nowhere,
        )

    def button(self, language: str) -> str:
        """What a button says that leads here: the label in this language, else the title."""
        return dict(self.label.texts).get(language) or self.title.best(language)


@dataclass(frozen=True)
class IntentSet:
    """All intents, in the order of file name and line. Ids are unique."""

    intents: tuple[Intent, ...]

    def get(self, intent_id: str) -> Intent | None:
        return self._by_id.get(intent_id)

    def refuses(self) -> bool:
        """Whether anything is refused: by a negative example, or by an out-of-scope intent."""
        return any(intent.negatives or intent.kind == OUT_OF_SCOPE for intent in self.intents)

    def answers(self) -> tuple[Intent, ...]:
        """The intents that are answered by a quotation of their own."""
        return self._answers

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which there are phrases of answers."""
        return frozenset(phrase.language for intent in self._answers for phrase in intent.phrases)

    def overviews(self) -> tuple[Intent, ...]:
        """The intents that are answered by the quotations of others."""
        return tuple(intent for intent in self.intents if intent.kind == OVERVIEW)

    def without(self, places: Set[Location]) -> "IntentSet":
        """The same intents without the phrases and negative examples at those places."""

        def kept(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
            return tuple(phrase for phrase in phrases if phrase.at not in places)

        return IntentSet(
            tuple(replace(i, phrases=kept(i.phrases), negatives=kept(i.negatives)) for i in self.intents)
        )

    def topics(self) -> tuple[Topic, ...]:
        """The topics that have at least one answer, in file order."""
        return tuple(dict.fromkeys(intent.topic for intent in self.answers()))

    @cached_property
    def _by_id(self) -> dict[str, Intent]:
        return {intent.id: intent for intent in self.intents}

    @cached_property
    def _answers(self) -> tuple[Intent, ...]:
        return tuple(intent for intent in self.intents if intent.kind == ANSWER)


def languages_by_script(intents: Iterable[Intent]) -> dict[str, tuple[str, ...]]:
    """For each known script the languages that have most of their phrases in it, at least one: the one that the script
    stands for where none has. That one is the first, the others follow by their codes."""
    phrases = (phrase for intent in intents for phrase in (*intent.phrases, *intent.negatives))
    counts = Counter((phrase.language, phrase.script) for phrase in phrases)
    found: dict[str, list[str]] = {script: [] for script in SCRIPTS}
    for language in sorted({language for language, script in counts if script}):
        found[max(SCRIPTS, key=lambda script: counts[language, script])].append(language)
    for script, languages in found.items():
        own = SCRIPTS[script].language
        if own in languages or not languages:
            found[script] = [own, *(language for language in languages if language != own)]
    return {script: tuple(languages) for script, languages in found.items()}


def read_in(phrase: Phrase, languages: Mapping[str, tuple[str, ...]]) -> Collection[str]:
    """The languages, by script as above, whose messages a phrase is for: its own; or, where it is in another script
    ("yandex" among Russian phrases), all of that script."""
    in_script = languages[phrase.script or UNKNOWN_SCRIPT]
    return (phrase.language,) if phrase.language in in_script else in_script


def phrase_languages(intents: IntentSet) -> tuple[str, ...]:
    """The codes of the languages in which there are phrases, in alphabetical order."""
    return tuple(sorted({phrase.language for intent in intents.intents for phrase in intent.phrases}))
