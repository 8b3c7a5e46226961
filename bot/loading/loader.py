"""Reads the source, its card, the intents and the wording into a `Bot`.

Either everything is read and proved, or no bot is built; all problems are reported at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from os.path import lexists
from pathlib import Path
from types import MappingProxyType

from bot.conversation.bot import Bot
from bot.conversation.unmentioned_names import UnmentionedNames
from bot.conversation.wording import Wording, Wordings, compare_wordings, completed, read_wording
from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import phrase_languages
from bot.corpus.metadata import read_source, source_without_card
from bot.corpus.source import Source
from bot.corpus.translations import TranslatedPart, Translations, read_translations
from bot.loading.files import Snapshot, document, language_folders, read_text, shown, snapshot, yaml_files
from bot.loading.topics import (
    QUESTION_KINDS,
    WORD_GROUPS,
    WORDING,
    calibration_file,
    language_files,
    load_intents,
)
from bot.matching import Calibration, Lexicon, Matcher
from bot.matching.calibration import built_in
from bot.matching.calibration_file import read_calibration
from bot.matching.lexicon import ONLY_BEGINNING, TABLE_KEYS, NameTable, QuestionKinds
from bot.settings import HOME
from bot.text.folding import words
from bot.text.languages import FALLBACK
from bot.yamlfiles.documents import Node, Text
from bot.yamlfiles.fields import Field, Record, Shape
from bot.yamlfiles.problems import Location, Problem, errors, in_file_order
from bot.yamlfiles.reading import read_record

SOURCE = HOME / "seeds" / "interview.txt"
INTENTS = HOME / "intents"
_WORDING = HOME / "bot" / "conversation" / "wording"
_GROUPS = HOME / "bot" / "matching" / "groups"
_KINDS = HOME / "bot" / "matching" / "question_kinds"
_KIND_FILE = Record(
    "a file of question kinds",
    (
        *(Field(key, Shape.TEXTS, "the words of this kind") for key in TABLE_KEYS),
        Field(ONLY_BEGINNING, Shape.FLAG, "whether a question has to begin as one"),
    ),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read. `bot` is None exactly when there are errors among the problems; `snapshot` is of the files as
    they were just before they were read."""

    bot: Bot | None
    problems: tuple[Problem, ...]
    snapshot: Snapshot


def summary(bot: Bot) -> str:
    """What was loaded and proved, in one line without a full stop."""
    intents = bot.corpus.intents
    phrases = Counter(phrase.language for intent in intents.intents for phrase in intent.phrases)
    by_language = ", ".join(f"{language} {number:,}" for language, number in phrases.most_common())
    wanted = sum(len(intent.quotes) for intent in intents.intents)
    proved = sum(len(bot.corpus.quotations[intent.id]) for intent in intents.answers())
    return (
        f"{len(intents.intents)} intents, {phrases.total():,} phrases ({by_language}), "
        f"{proved} of {wanted} quotations proved, {bot.corpus.quoted_part():.1%} of the text quoted"
    )


def load(source: Path = SOURCE, intents: Path = INTENTS, *, translated: bool = True) -> Loaded:
    """Reads and proves everything, and builds the bot from it.

    Beside a source NAME.txt there may be its card, NAME.yaml, and NAME-names.yaml with the names that visitors
    bring into their questions. If it is to be `translated`, NAME.ru.yaml (with the code of any language of ours) is
    read, too. In the folder `intents` every .yaml file is a topic (but see `calibration_file`); how people ask about
    it may also stand in files of the same name in folders named as languages (intents/en).
    """
    before = snapshot(source, intents)
    corpus, problems = load_corpus(source, intents)
    wordings, wording_problems = _load_wordings(intents, phrase_languages(corpus.intents) if corpus else ())
    languages = tuple(wording.language for wording in wordings.languages)
    translations, untranslatable = (
        load_translations(corpus.source, source, languages) if corpus and translated else (Translations(), ())
    )
    lexicon, lexicon_problems = load_lexicon(source, intents)
    lexicon = replace(
        lexicon,
        sentences={each: wordings.own_lines(each) for each in languages},
        quoted_language=corpus.source.language if corpus else "",
    )
    names, _ = load_names(source)
    calibration, calibration_problems = load_calibration(None if errors(problems) else corpus, intents)
    problems = in_file_order(
        (*problems, *untranslatable, *wording_problems, *lexicon_problems, *calibration_problems)
    )
    if corpus is None or errors(problems):
        return Loaded(None, problems, before)
    matcher = Matcher(corpus.intents, lexicon, calibration)
    corpus = replace(corpus, translations=translations)
    unmentioned_names = UnmentionedNames(names, corpus.source)
    return Loaded(Bot(corpus, matcher, calibration, unmentioned_names, wordings), problems, before)


def load_corpus(source: Path, intents: Path) -> tuple[Corpus | None, tuple[Problem, ...]]:
    """The corpus of a source file and a folder of intents; None where either cannot be used."""
    text_source, problems = load_source(source)
    intent_set, found = load_intents(intents)
    problems = (*problems, *found)
    if text_source is None:
        return None, in_file_order(problems)
    corpus, unproved = resolve(text_source, intent_set)
    return corpus, in_file_order((*problems, *unproved))


def load_source(path: Path, *, use_card: bool = True) -> tuple[Source | None, tuple[Problem, ...]]:
    """The source of a text file and the card beside it, if there is one; None where it cannot be used.

    With `use_card=False` the source is that of the text alone.
    """
    text, problems = read_text(path)
    if text is None:
        return None, problems
    card_path = path.with_suffix(".yaml")
    if not use_card or not lexists(card_path):
        return source_without_card(text, shown(path)), problems
    node, found = document(card_path)
    if node is None:
        return None, (*problems, *found)
    source, invalid = read_source(text, shown(path), node)
    return source, (*problems, *found, *invalid)


def load_translations(
    source: Source, path: Path, languages: Iterable[str]
) -> tuple[Translations, tuple[Problem, ...]]:
    """Our translations of `source` that lie beside its file, in these languages."""
    parts: dict[str, tuple[TranslatedPart, ...]] = {}
    problems: list[Problem] = []
    for language in languages:
        file = path.with_suffix(f".{language}.yaml")
        if not lexists(file):
            continue
        if language == source.language:
            message = "is not read, since the text itself is in this language; remove it"
            problems.append(Problem(Location(shown(file)), "unread-file", message, "warning"))
        else:
            node, unreadable = document(file)
            parts[language], invalid = read_translations(node, source) if node else ((), ())
            problems += (*unreadable, *invalid)
    return Translations(MappingProxyType(parts)), tuple(problems)


def load_lexicon(source: Path, intents: Path = INTENTS) -> tuple[Lexicon, tuple[Problem, ...]]:
    """The word groups and kinds of questions of all languages, and the names that lie beside a source."""
    problems: list[Problem] = []
    groups: dict[str, tuple[tuple[str, ...], ...]] = {}
    for language, path in language_files(_GROUPS, intents, WORD_GROUPS):
        groups[language], invalid = _load_lists(path, "groups")
        problems += invalid
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    only_beginning = []
    for language, path in language_files(_KINDS, intents, QUESTION_KINDS):
        node, unreadable = document(path)
        form, invalid = read_record(node, _KIND_FILE) if node else (None, ())
        problems += (*unreadable, *invalid)
        if form:
            problems += _without_words(chain.from_iterable(map(form.texts, TABLE_KEYS)))
            tables[language] = {key: tuple(text.value for text in form.texts(key)) for key in TABLE_KEYS}
            only_beginning += [language] if form.flag(ONLY_BEGINNING) else []
    names, invalid = load_names(source)
    lexicon = Lexicon(QuestionKinds(tables, only_beginning), NameTable(names), groups)
    return lexicon, (*problems, *invalid)


def load_names(source: Path) -> tuple[tuple[tuple[str, ...], ...], tuple[Problem, ...]]:
    """The rows of names beside a source; none where there is no such file."""
    path = source.with_name(f"{source.stem}-names.yaml")
    return _load_lists(path, "names") if lexists(path) else ((), ())


def spoken_languages(intents: Path = INTENTS) -> tuple[str, ...]:
    """The languages in which the bot has its own sentences or files of phrases, English first."""
    languages = {path.stem for path in yaml_files(_WORDING)} | {
        path.name for path in language_folders(intents)
    }
    return tuple(sorted(languages, key=lambda language: (language != FALLBACK, language)))


def _load_wordings(intents: Path, languages: Iterable[str]) -> tuple[Wordings, tuple[Problem, ...]]:
    """For a line that a file beside the intents does not have yet, and where a language of the phrases has no file, the
    English one is shown."""
    read: list[tuple[Wording, Node]] = []
    unfinished: set[str] = set()
    problems: list[Problem] = []
    for language, path in language_files(_WORDING, intents, WORDING):
        node, found = document(path)
        problems += found
        if node is not None:
            wording, invalid = read_wording(language, node)
            problems += invalid
            read.append((wording, node))
        if path.parent != _WORDING:
            unfinished.add(language)
    problems += compare_wordings(read, unfinished)
    return completed((wording for wording, _ in read), languages), tuple(problems)


def _load_lists(path: Path, key: str) -> tuple[tuple[tuple[str, ...], ...], tuple[Problem, ...]]:
    node, problems = document(path)
    record = Record("a word file", (Field(key, Shape.LISTS, "lists of words", required=True),))
    form, invalid = read_record(node, record) if node else (None, ())
    lists = form.lists(key) if form else ()
    problems = (*problems, *invalid, *_without_words(chain.from_iterable(lists)))
    return tuple(tuple(text.value for text in each) for each in lists), problems


def _without_words(texts: Iterable[Text]) -> Iterator[Problem]:
    for text in texts:
        if text.value.strip() and not words(text.value):
            message = f'"{text.value}" has no words; write what people type, or remove it'
            yield Problem(text.at, "empty-text", message)


def load_calibration(corpus: Corpus | None, intents: Path) -> tuple[Calibration, tuple[Problem, ...]]:
    """The numbers fitted to these intents, or the built-in ones. Nothing is said of their age where there is no corpus,
    or one with errors, which would change with their mending."""
    path = calibration_file(intents)
    usual = built_in(has_negatives=corpus is None or corpus.intents.refuses())
    if not lexists(path):
        return usual, ()
    node, problems = document(path)
    file, invalid = read_calibration(node) if node else (None, ())
    if file is None:
        return usual, (*problems, *invalid)
    if corpus and file.is_stale(corpus.intents):
        message = "fitted to other intents than these; run python -m bot calibrate --write"
        return file.calibration, (Problem(Location(shown(path)), "stale-calibration", message, "warning"),)
    return file.calibration, ()
