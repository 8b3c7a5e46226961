"""What a visitor may mean: from YAML to `Intent`s, with file and line."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace

from bot.text.folding import comparison_key
from bot.text.localized import Localized
from bot.yamlfiles import documents
from bot.yamlfiles.documents import Node
from bot.yamlfiles.fields import ID, Field, Form, Record, Shape, read_record
from bot.yamlfiles.problems import Level, Location, Problem

ANSWER, SMALL_TALK, OUT_OF_SCOPE = "answer", "small-talk", "out-of-scope"
KINDS = (ANSWER, SMALL_TALK, OUT_OF_SCOPE)

CORRECTION = "correction"
IN_REPLY = ("speaker", "meaning", "truth", "source", CORRECTION, "en", "ru", "fa")
"""What small talk may ask about the answer before: whose words, what they mean, whether they are true, where they are
from, or that answer in another language. A correction ("no, I meant") begins a new question."""

INTENT = Record(
    "an intent",
    (
        Field(
            "id",
            Shape.TEXT,
            "an id: lower case, digits, hyphens, at most 40 characters",
            required=True,
            pattern=ID,
        ),
        Field("kind", Shape.TEXT, "what the bot does with it", choices=KINDS),
        Field("title", Shape.BY_LANGUAGE, "the question that the quotation answers", required=True),
        Field("quotes", Shape.TEXTS, "verbatim segments of the source"),
        Field("phrases", Shape.LISTS_BY_LANGUAGE, "what visitors type", required=True),
        Field("not", Shape.LISTS_BY_LANGUAGE, "negative examples: same topic, not answered by the interview"),
        Field("see_also", Shape.TEXTS, "ids of related intents"),
        Field("say", Shape.BY_LANGUAGE, "small talk only: the bot's own line"),
        Field(
            "continues",
            Shape.FLAG,
            "small talk only: after an answer it asks for what comes next",
        ),
        Field(
            "in_reply", Shape.TEXT, "small talk only: what it asks about the answer before", choices=IN_REPLY
        ),
    ),
)
INTENT_FILE = Record(
    "an intent file",
    (
        Field("topic", Shape.BY_LANGUAGE, "the topic's name", required=True),
        Field("intents", Shape.RECORDS, "the intents", required=True, entries=INTENT),
    ),
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An example utterance of an intent. `key` is the folded form in which it is compared."""

    text: str
    language: str
    at: Location
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        key = comparison_key(self.text)
        key = self.text if key == self.text else key  # of most phrases both are the same string: less memory
        object.__setattr__(self, "key", key)


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
    """What one can ask about: a file of intents. `name` is the file's name without ending."""

    name: str
    title: Localized


@dataclass(frozen=True, slots=True)
class Intent:
    """Something a visitor may mean: example utterances, and what the bot replies.

    negatives  negative examples (`not:` in YAML): same topic, but the interview does not answer them
    say        the bot's own line, for small talk
    continues  small talk that asks, after an answer, for what comes next
    in_reply   what small talk asks about the answer before, one of IN_REPLY; else ""
    """

    id: str
    kind: str
    topic: Topic
    title: Localized
    quotes: tuple[WantedQuote, ...]
    phrases: tuple[Phrase, ...]
    negatives: tuple[Phrase, ...]
    see_also: tuple[Reference, ...]
    say: Localized
    continues: bool
    in_reply: str
    at: Location


@dataclass(frozen=True, slots=True)
class IntentSet:
    """All intents, in the order of file name and line. Ids are unique."""

    intents: tuple[Intent, ...]

    def get(self, intent_id: str) -> Intent | None:
        return next((intent for intent in self.intents if intent.id == intent_id), None)

    def refuses(self) -> bool:
        """Whether anything is refused: by a negative example, or by an out-of-scope intent."""
        return any(intent.negatives or intent.kind == OUT_OF_SCOPE for intent in self.intents)

    def answers(self) -> tuple[Intent, ...]:
        """The intents that are answered by a quotation."""
        return tuple(intent for intent in self.intents if intent.kind == ANSWER)

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


def read_intents(name: str, node: Node) -> tuple[tuple[Intent, ...], tuple[Problem, ...]]:
    """The intents of one file, and every problem in it. `name` is the file's name without ending."""
    form, problems = read_record(node, INTENT_FILE)
    if form is None:
        return (), problems
    topic = Topic(name, form.by_language("topic"))
    forms = form.records("intents")
    found = list(problems)
    if isinstance(node, documents.Mapping) and not forms and not problems:
        message = 'the file has no intents; add one under "intents:"'
        found.append(Problem(form.place("intents"), "empty-file", message))
    for each in forms:
        found += _kind_problems(each)
    return tuple(_intent(each, topic) for each in forms), tuple(found)


def merge(
    files: Iterable[tuple[Intent, ...]], *, complete: bool = True
) -> tuple[IntentSet, tuple[Problem, ...]]:
    """One set from the intents of several files, and the problems that no single file shows.

    These are repeated ids, unknown `see_also` ids, and phrases that stand in two intents. The order of the result does
    not depend on the order of the files. With `complete=False` (a file could not be read) no `see_also` is unknown,
    since the intent may be in that file.
    """
    intents = sorted((intent for file in files for intent in file), key=lambda intent: intent.at)
    problems: list[Problem] = []
    by_id: dict[str, Intent] = {}
    for intent in intents:
        first = by_id.setdefault(intent.id, intent)
        if first is not intent:
            message = f'the id "{intent.id}" also stands in {first.at}; ids are unique'
            problems.append(Problem(intent.at, "duplicate-id", message))
    for intent in intents:
        for reference in intent.see_also:
            if complete and reference.intent_id not in by_id:
                message = f'see_also names "{reference.intent_id}", which is no intent'
                problems.append(Problem(reference.at, "unknown-intent", message))
    return IntentSet(tuple(by_id.values())), (*problems, *_repeated_phrases(by_id.values()))


def _repeated_phrases(intents: Iterable[Intent]) -> Iterable[Problem]:
    """Phrases that compare equal: an error in two intents, a warning in one."""
    owners: dict[str, tuple[Intent, Phrase]] = {}
    for intent in intents:
        for phrase in intent.phrases:
            owner, first = owners.setdefault(phrase.key, (intent, phrase))
            if first is not phrase and phrase.key:
                where = "" if owner is intent else f' of the intent "{owner.id}"'
                message = f'phrase "{phrase.text}" also stands in {first.at}{where}; keep one'
                level: Level = "warning" if owner is intent else "error"
                yield Problem(phrase.at, "duplicate-phrase", message, level)


def _kind_problems(form: Form) -> Iterable[Problem]:
    name, kind = form.text("id", "?"), form.text("kind", ANSWER)
    if _is_empty(form.mapping.get("phrases")):
        message = f'intent "{name}" has no phrases; add a list under "phrases:"'
        yield Problem(form.place("phrases"), "empty-intent", message)
    quotes = form.mapping.get("quotes")
    if kind == ANSWER and (quotes is None or _is_empty(quotes)):
        message = f'intent "{name}" has no quotes; add the verbatim answer under "quotes:"'
        yield Problem(form.place("quotes"), "empty-intent", message)
    if kind == SMALL_TALK and form.mapping.get("say") is None:
        message = f'small talk "{name}" has nothing to say; add "say: {{en: ...}}"'
        yield Problem(form.at, "empty-intent", message)
    for key, owner in (
        ("quotes", ANSWER),
        ("say", SMALL_TALK),
        ("continues", SMALL_TALK),
        ("in_reply", SMALL_TALK),
    ):
        if kind in KINDS and kind != owner and form.mapping.get(key):
            message = f'"{key}" belongs to intents of the kind {owner}, but "{name}" is {kind}'
            yield Problem(form.place(key), "unknown-key", message)


def _is_empty(node: Node | None) -> bool:
    """Whether a list or mapping holds nothing. A value of the wrong form is reported elsewhere."""
    if isinstance(node, documents.Mapping):
        return all(_is_empty(value) for _, value in node.entries)
    return isinstance(node, documents.Listing) and not node.items


def _intent(form: Form, topic: Topic) -> Intent:
    return Intent(
        id=form.text("id"),
        kind=form.text("kind", ANSWER),
        topic=topic,
        title=form.by_language("title"),
        quotes=tuple(WantedQuote(text.value, text.at) for text in form.texts("quotes")),
        phrases=_phrases(form, "phrases"),
        negatives=_phrases(form, "not"),
        see_also=tuple(Reference(text.value, text.at) for text in form.texts("see_also")),
        say=form.by_language("say"),
        continues=form.flag("continues"),
        in_reply=form.text("in_reply"),
        at=form.at,
    )


def _phrases(form: Form, key: str) -> tuple[Phrase, ...]:
    return tuple(Phrase(t.value, language, t.at) for language, t in form.lists_by_language(key))
