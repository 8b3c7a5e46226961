"""From a folder of intents to one set of them: the topics, and how people ask about each, by language."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.corpus.intent_files import merge, read_intents
from bot.corpus.intents import Intent, IntentSet
from bot.corpus.phrase_files import PhraseFile, is_topic, read_phrase_file
from bot.loading.files import document, language_folders, shown, unreadable_folder, yaml_files
from bot.yamlfiles.documents import Node
from bot.yamlfiles.problems import Location, Problem
from bot.yamlfiles.reading import did_you_mean

WORDING, QUESTION_KINDS, WORD_GROUPS = "wording.yaml", "question-kinds.yaml", "word-groups.yaml"
"""What the folder of a language may have beside phrases: what the program itself has for English, Russian, Persian."""


def calibration_file(intents: Path) -> Path:
    """Where the calibration of a folder of intents is, if it has one. This file holds no intents."""
    return intents / "calibration.yaml"


def intent_files(folder: Path) -> list[Path]:
    """The files of topics in a folder of intents, by name."""
    return [path for path in yaml_files(folder) if path != calibration_file(folder)]


def phrase_files(folder: Path) -> list[Path]:
    """The files of phrases in a folder of intents, by language and name."""
    return [
        path
        for language in language_folders(folder)
        for path in yaml_files(language)
        if path.name not in {WORDING, QUESTION_KINDS, WORD_GROUPS}
    ]


def language_files(shipped: Path, folder: Path, name: str) -> list[tuple[str, Path]]:
    """The files of one kind, each with its language: LANGUAGE.yaml of the program, and after these the files of that
    name in the languages' folders beside the intents, which take their place."""
    own = [(language.name, language / name) for language in language_folders(folder)]
    return [
        *((path.stem, path) for path in yaml_files(shipped)),
        *(each for each in own if os.path.lexists(each[1])),
    ]


def load_intents(folder: Path) -> tuple[IntentSet, tuple[Problem, ...]]:
    """All intents of a folder, and every problem in its files. Where an id stands twice, so that another one is
    probably lost, no id is unknown."""
    paths = intent_files(folder)
    phrases = {path: _intents_document(path, folder) for path in phrase_files(folder)}
    problems = [problem for _, found in phrases.values() for problem in found]
    closed = [problem for each in (folder, *language_folders(folder)) for problem in unreadable_folder(each)]
    problems += closed
    if not paths and not closed:
        message = "no intent files (*.yaml) here; name the right folder with --intents"
        problems.append(Problem(Location(shown(folder)), "empty-file", message))
    files: list[tuple[Intent, ...]] = []
    has_lost_ids = False
    for path in paths:
        if path.name in {WORDING, QUESTION_KINDS, WORD_GROUPS}:
            message = "no topic may have this name, which files of languages have; give it another"
            problems.append(Problem(Location(shown(path)), "unknown-value", message))
        node, found = _intents_document(path, folder)
        own = {each: phrases.pop(each)[0] for each in tuple(phrases) if each.name == path.name}
        read, wrong = _read_phrase_files(own)
        problems += (*found, *wrong)
        has_lost_ids |= any(problem.rule == "duplicate-key" for problem in found)
        if node is not None:
            intents, invalid = read_intents(path.stem, node, read, complete=len(read) == len(own))
            problems += invalid
            files.append(intents)
    problems += (
        problem for path, (node, _) in phrases.items() for problem in _without_topic(path, node, folder)
    )
    merged, conflicts = merge(files, complete=len(files) == len(paths) and all(files))
    problems += conflicts
    if has_lost_ids or any(problem.rule == "duplicate-id" for problem in conflicts):
        problems = [problem for problem in problems if problem.rule != "unknown-intent"]
    return merged, tuple(problems)


def _intents_document(path: Path, folder: Path) -> tuple[Node | None, tuple[Problem, ...]]:
    if not Path(os.path.realpath(path)).is_relative_to(folder.resolve()):
        message = "leads out of the folder; put the file itself here"
        return None, (Problem(Location(shown(path)), "unreadable", message),)
    return document(path)


def _read_phrase_files(nodes: dict[Path, Node | None]) -> tuple[list[PhraseFile], list[Problem]]:
    files: list[PhraseFile] = []
    problems: list[Problem] = []
    for path, node in nodes.items():
        if node is not None:
            file, invalid = read_phrase_file(path.parent.name, node)
            files.append(file)
            problems += invalid
    return files, problems


def _without_topic(path: Path, node: Node | None, folder: Path) -> Iterator[Problem]:
    if is_topic(node):
        message = f"this is the file of a topic; move it to {shown(folder)}"
        yield Problem(Location(shown(path)), "unknown-key", message)
        return
    names = tuple(each.name for each in intent_files(folder))
    advice = did_you_mean(path.name, names) or "; add it, or move this file elsewhere"
    message = f"has phrases of a topic, but {shown(folder / path.name)} does not exist{advice}"
    yield Problem(Location(shown(path)), "unknown-intent", message)
