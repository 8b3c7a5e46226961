"""From the YAML of a topic to its intents, and all problems in it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from bot.corpus.intents import (
    ANSWER,
    CORRECTION,
    INTENT_KINDS,
    LONGEST_LABEL,
    OVERVIEW,
    SMALL_TALK,
    Intent,
    IntentSet,
    Phrase,
    Reference,
    Topic,
    WantedQuote,
    languages_by_script,
    read_in,
)
from bot.corpus.phrase_files import INTENT_ID, PhraseFile, is_phrase_file
from bot.yamlfiles import documents
from bot.yamlfiles.documents import Node
from bot.yamlfiles.fields import ID, LANGUAGE_CODE, Field, Form, Record, Shape
from bot.yamlfiles.problems import Level, Location, Problem
from bot.yamlfiles.reading import did_you_mean, read_record

TALK_PAGES = ("source", "topics")
"""The pages that small talk may show below its line."""

LONGEST_NAME = 56
"""Bytes of a topic's name, which stands in buttons of 64 bytes together with the number of a page."""

IN_REPLY = ("speaker", "meaning", "truth", CORRECTION)
"""What small talk may ask about the answer before: whose words, what they mean, whether they are true; or, with the
code of a language, that answer in it. A correction ("no, I meant") begins a new question."""

INTENT = Record(
    "an intent",
    (
        INTENT_ID,
        Field("kind", Shape.TEXT, "what the bot does with it", choices=INTENT_KINDS),
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
            "opens", Shape.FLAG, "small talk only: people say it before a question, which is read without it"
        ),
        Field("continues", Shape.FLAG, "small talk only: after an answer it asks for what comes next"),
        Field(
            "in_reply",
            Shape.TEXT,
            f"small talk only: what it asks about the answer before ({', '.join(IN_REPLY)}, or a language code)",
            pattern=f"{'|'.join(IN_REPLY)}|{LANGUAGE_CODE.pattern}",
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


def read_intents(
    name: str, node: Node, phrase_files: Sequence[PhraseFile] = (), *, complete: bool = True
) -> tuple[tuple[Intent, ...], tuple[Problem, ...]]:
    """The intents of a topic's file and of its files of phrases, and every problem in them together.

    `name` is the name of the topic's file without ending. With `complete=False` (a file of phrases could not be read)
    no intent is without phrases.
    """
    if is_phrase_file(node):
        message = (
            "these are phrases; move them to the folder of their language, into the file named as their topic"
        )
        return (), (Problem(node.at, "missing-key", message),)
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
            if reference.intent_id == intent.id:
                message = "see_also names the intent itself; remove it"
                problems.append(Problem(reference.at, "unknown-intent", message, "warning"))
            if complete and reference.intent_id not in by_id and re.fullmatch(ID, reference.intent_id):
                hint = did_you_mean(reference.intent_id, tuple(by_id))
                message = f'see_also names "{reference.intent_id}", which is no intent{hint}'
                problems.append(Problem(reference.at, "unknown-intent", message))
        for reference in intent.answers:
            shown = by_id.get(reference.intent_id)
            if shown.kind != ANSWER if shown else complete:
                hint = did_you_mean(
                    reference.intent_id, tuple(each.id for each in intents if each.kind == ANSWER)
                )
                message = f'answers names "{reference.intent_id}", which is no intent with quotes{hint}'
                problems.append(Problem(reference.at, "unknown-intent", message))
    return IntentSet(tuple(by_id.values())), (*problems, *_repeated_phrases(by_id.values()))


def _repeated_phrases(intents: Collection[Intent]) -> Iterable[Problem]:
    """Phrases for the same messages that compare equal: an error in two intents, a warning in one."""
    by_key: dict[str, list[tuple[Intent, Phrase]]] = {}
    for intent in intents:
        for phrase in intent.phrases:
            by_key.setdefault(phrase.key, []).append((intent, phrase))
    repeated = [found for key, found in by_key.items() if key and len(found) > 1]
    languages = languages_by_script(intents) if repeated else {}
    for found in repeated:
        for place, (intent, phrase) in enumerate(found):
            read = set(read_in(phrase, languages))
            same = (each for each in found[:place] if not read.isdisjoint(read_in(each[1], languages)))
            for owner, first in islice(same, 1):
                where = "" if owner is intent else f' of the intent "{owner.id}"'
                message = f'phrase "{phrase.text}" also stands in {first.at}{where}; keep one'
                level: Level = "warning" if owner is intent else "error"
                yield Problem(phrase.at, "duplicate-phrase", message, level)


def _kind_problems(form: Form) -> Iterable[Problem]:
    name, kind = form.text("id", "?"), form.text("kind", ANSWER)
    if kind == ANSWER and not form.holds("quotes"):
        message = f'intent "{name}" has no quotes; add the verbatim answer under "quotes:"'
        yield Problem(form.place("quotes"), "empty-intent", message)
    if kind == OVERVIEW and not form.holds("answers"):
        message = f'overview "{name}" shows nothing; list intents under "answers:"'
        yield Problem(form.place("answers"), "empty-intent", message)
    if kind == SMALL_TALK and not form.has("say"):
        message = f'small talk "{name}" has nothing to say; add "say: {{en: ...}}"'
        yield Problem(form.at, "empty-intent", message)
    owners = {"quotes": ANSWER, "answers": OVERVIEW}
    owners |= dict.fromkeys(("say", "page", "opens", "continues", "in_reply"), SMALL_TALK)
    for key, owner in owners.items():
        if kind in INTENT_KINDS and kind != owner and form.mapping.get(key):
            message = f'"{key}" belongs to intents of the kind {owner}, but "{name}" is {kind}'
            yield Problem(form.place(key), "unknown-key", message)


def _has_phrases(form: Form, phrase_files: Sequence[PhraseFile]) -> bool:
    """Whether an intent has phrases, or something wrong in their place or in that of its id, which is reported
    elsewhere."""
    without_id = bool(phrase_files) and not form.text("id")
    return (
        form.holds("phrases") or without_id or any(file.has_phrases(form.text("id")) for file in phrase_files)
    )


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
        opens=form.flag("opens"),
        continues=form.flag("continues"),
        in_reply=form.text("in_reply"),
        at=form.at,
    )


def _phrases(form: Form, key: str, phrase_files: Iterable[PhraseFile]) -> Iterator[Phrase]:
    for language, text in form.lists_by_language(key):
        yield Phrase(text.value, language, text.at)
    for file in phrase_files:
        for text in file.texts(form.text("id"), key):
            yield Phrase(text.value, file.language, text.at)
