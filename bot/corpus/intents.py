"""What a visitor may mean: from YAML to `Intent`s, with file and line."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from bot.corpus.phrase_files import PhraseFile
from bot.text.folding import comparison_key
from bot.text.languages import Localized
from bot.yamlfiles import documents
from bot.yamlfiles.documents import Node
from bot.yamlfiles.fields import ID, Field, Form, Record, Shape, is_empty, nearest, read_record
from bot.yamlfiles.problems import Level, Location, Problem

ANSWER, OVERVIEW, SMALL_TALK, OUT_OF_SCOPE = "answer", "overview", "small-talk", "out-of-scope"
KINDS = (ANSWER, OVERVIEW, SMALL_TALK, OUT_OF_SCOPE)

LONGEST_LABEL = 32
"""Characters that a button on a phone shows in one line."""

TALK_PAGES = ("source",)
"""The pages that small talk may show below its line."""

LONGEST_NAME = 56
"""Bytes of a topic's name, which stands in buttons of 64 bytes together with the number of a page."""

CORRECTION = "correction"
IN_REPLY = ("speaker", "meaning", "truth", CORRECTION, "en", "ru", "fa")
"""What small talk may ask about the answer before: whose words, what they mean, whether they are true, or that
answer in another language. A correction ("no, I meant") begins a new question."""

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
        Field("label", Shape.BY_LANGUAGE, f"the title in at most {LONGEST_LABEL} characters, for a button"),
        Field("quotes", Shape.TEXTS, "verbatim segments of the source"),
        Field(
            "answers", Shape.TEXTS, "overview only: ids of the intents whose quotations it shows", pattern=ID
        ),
        Field("phrases", Shape.LISTS_BY_LANGUAGE, "what visitors type", one_line=True),
        Field(
            "not",
            Shape.LISTS_BY_LANGUAGE,
            "negative examples: same topic, not answered by the interview",
            one_line=True,
        ),
        Field("see_also", Shape.TEXTS, "ids of related intents", pattern=ID),
        Field("say", Shape.BY_LANGUAGE, "small talk only: the bot's own line"),
        Field("page", Shape.TEXT, "small talk only: the page below the line", choices=TALK_PAGES),
        Field("example", Shape.FLAG, "whether /start and /help show it as an example"),
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
    continues  small talk that asks, after an answer, for what comes next
    in_reply   what small talk asks about the answer before, one of IN_REPLY; else ""
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
    continues: bool
    in_reply: str
    at: Location

    @property
    def is_answered(self) -> bool:
        """Whether the reply to it is an answer: a quotation or an overview."""
        return self.kind in {ANSWER, OVERVIEW}

    def button(self, language: str) -> str:
        """What a button says that leads here: the label in this language, else the title."""
        return dict(self.label.texts).get(language) or self.title.best(language)


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
        """The intents that are answered by a quotation of their own."""
        return tuple(intent for intent in self.intents if intent.kind == ANSWER)

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


def read_intents(
    name: str, node: Node, phrase_files: Sequence[PhraseFile] = (), *, complete: bool = True
) -> tuple[tuple[Intent, ...], tuple[Problem, ...]]:
    """The intents of a topic's file and of its files of phrases, and every problem in them together.

    `name` is the name of the topic's file without ending. With `complete=False` (a file of phrases could not be read)
    no intent is without phrases.
    """
    form, problems = read_record(node, INTENT_FILE)
    if form is None:
        return (), problems
    topic = Topic(name, form.by_language("topic"))
    forms = form.records("intents")
    found = list(problems)
    if len(name.encode()) > LONGEST_NAME:
        message = (
            f"the name of the file is too long for a button; give it one of {LONGEST_NAME} bytes at most"
        )
        found.append(Problem(Location(node.at.path), "unknown-value", message))
    if isinstance(node, documents.Mapping) and not forms and not problems:
        message = 'the file has no intents; add one under "intents:"'
        found.append(Problem(form.place("intents"), "empty-file", message))
    for each in forms:
        found += _kind_problems(each)
        if complete and not _has_phrases(each, phrase_files):
            where = (
                "" if each.mapping.get("phrases") else ", here or in a file of phrases (see docs/editing.md)"
            )
            message = f'intent "{each.text("id", "?")}" has no phrases; add a list under "phrases:"{where}'
            found.append(Problem(each.place("phrases"), "empty-intent", message))
    intents = tuple(_intent(each, topic, phrase_files) for each in forms)
    if intents and all(_has_id(intent) for intent in intents):
        ids = {intent.id: True for intent in intents}
        found += (problem for file in phrase_files for problem in file.unknown_intents(name, ids))
    return intents, tuple(found)


def merge(
    files: Iterable[tuple[Intent, ...]], *, complete: bool = True
) -> tuple[IntentSet, tuple[Problem, ...]]:
    """One set from the intents of several files, and the problems that no single file shows.

    These are repeated ids, unknown ids under `see_also` and `answers`, and phrases that stand in two intents. The
    order of the result does not depend on the order of the files. With `complete=False` (a file could not be read) no
    id is unknown, since the intent may be in that file; nor where the id of an intent is missing or wrong.
    """
    intents = sorted((intent for file in files for intent in file), key=lambda intent: intent.at)
    problems: list[Problem] = []
    by_id: dict[str, Intent] = {}
    for intent in intents:
        first = by_id.setdefault(intent.id, intent)
        if first is not intent and intent.id:
            message = f'the id "{intent.id}" also stands in {first.at}; ids are unique'
            problems.append(Problem(intent.at, "duplicate-id", message))
    complete = complete and all(_has_id(intent) for intent in intents)
    for intent in intents:
        for reference in intent.see_also:
            if complete and reference.intent_id not in by_id and re.fullmatch(ID, reference.intent_id):
                message = f'see_also names "{reference.intent_id}", which is no intent'
                problems.append(Problem(reference.at, "unknown-intent", message))
        for reference in intent.answers:
            shown = by_id.get(reference.intent_id)
            if shown.kind != ANSWER if shown else complete:
                hint = nearest(reference.intent_id, tuple(each.id for each in intents if each.kind == ANSWER))
                message = f'answers names "{reference.intent_id}", which is no intent with quotes{hint}'
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
    if kind == ANSWER and (not form.has("quotes") or is_empty(form.mapping.get("quotes"))):
        message = f'intent "{name}" has no quotes; add the verbatim answer under "quotes:"'
        yield Problem(form.place("quotes"), "empty-intent", message)
    if kind == OVERVIEW and (not form.has("answers") or is_empty(form.mapping.get("answers"))):
        message = f'overview "{name}" shows nothing; list intents under "answers:"'
        yield Problem(form.place("answers"), "empty-intent", message)
    if kind == SMALL_TALK and not form.has("say"):
        message = f'small talk "{name}" has nothing to say; add "say: {{en: ...}}"'
        yield Problem(form.at, "empty-intent", message)
    owners = {"quotes": ANSWER, "answers": OVERVIEW}
    owners |= dict.fromkeys(("say", "page", "continues", "in_reply"), SMALL_TALK)
    for key, owner in owners.items():
        if kind in KINDS and kind != owner and form.mapping.get(key):
            message = f'"{key}" belongs to intents of the kind {owner}, but "{name}" is {kind}'
            yield Problem(form.place(key), "unknown-key", message)


def _has_phrases(form: Form, phrase_files: Sequence[PhraseFile]) -> bool:
    """Whether an intent has phrases, or something wrong in their place or in that of its id, which is reported
    elsewhere."""
    here = form.has("phrases") and not is_empty(form.mapping.get("phrases"))
    without_id = bool(phrase_files) and not form.text("id")
    return here or without_id or any(file.has_phrases(form.text("id")) for file in phrase_files)


def _has_id(intent: Intent) -> bool:
    return re.fullmatch(ID, intent.id) is not None


def _intent(form: Form, topic: Topic, phrase_files: Iterable[PhraseFile]) -> Intent:
    return Intent(
        id=form.text("id"),
        kind=form.text("kind", ANSWER),
        topic=topic,
        title=form.by_language("title"),
        label=form.by_language("label"),
        quotes=tuple(WantedQuote(text.value, text.at) for text in form.texts("quotes")),
        phrases=tuple(_phrases(form, "phrases", phrase_files)),
        negatives=tuple(_phrases(form, "not", phrase_files)),
        see_also=tuple(Reference(text.value, text.at) for text in form.texts("see_also")),
        answers=tuple(Reference(text.value, text.at) for text in form.texts("answers")),
        say=form.by_language("say"),
        page=form.text("page"),
        example=form.flag("example"),
        continues=form.flag("continues"),
        in_reply=form.text("in_reply"),
        at=form.at,
    )


def _phrases(form: Form, key: str, phrase_files: Iterable[PhraseFile]) -> Iterator[Phrase]:
    for language, text in form.lists_by_language(key):
        yield Phrase(text.value, language, text.at)
    for file in phrase_files:
        for text in file.of(form.text("id"), key):
            yield Phrase(text.value, file.language, text.at)
