"""What several commands share: options, exit codes, printing problems, progress, and reading what they work on."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TextIO, TypeVar

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import IntentSet
from bot.editor.questions import Question, read_questions
from bot.loading.files import shown
from bot.loading.loader import INTENTS, SOURCE, load, load_corpus, load_source
from bot.settings import HOME, Settings, UnusableFileError, environment_with_file, read_settings
from bot.storage.database import misplaced
from bot.terminal import TerminalStyle, style_of
from bot.yamlfiles.problems import Problem, errors

CLEAN, PROBLEMS, USAGE_ERROR = 0, 1, 2

_Item = TypeVar("_Item")

_SECONDS_WITHOUT_BAR = 2.0
"""What ends sooner needs no progress bar."""


def shared_options() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    add = shared.add_argument
    add("--source", type=Path, default=SOURCE, metavar="FILE", help="another text than the interview")
    add("--intents", type=Path, default=INTENTS, metavar="DIR", help="another folder of intents")
    return shared


def settings_of_env() -> tuple[Settings, tuple[str, ...]]:
    """The settings from the environment and `.env`, and a sentence for each that cannot be used."""
    try:
        settings, invalid = read_settings(environment_with_file(HOME / ".env"))
    except UnusableFileError as error:
        return Settings(), (str(error),)
    return settings, (*invalid, *misplaced(settings.inbox, settings.journal))


def load_bot(options: argparse.Namespace) -> Bot:
    """The bot that the options and the settings name. Errors are printed on standard error and end the command."""
    settings, _ = settings_of_env()
    loaded = load(options.source, options.intents, translated=settings.translations)
    return loaded_or_exit((loaded.bot, loaded.problems))


def loaded_or_exit(result: tuple[_Item | None, Iterable[Problem]]) -> _Item:
    """What was loaded without an error. Errors are printed on standard error and end the command."""
    loaded, problems = result
    found = errors(problems)
    report(found, sys.stderr)
    if loaded is None or found:
        raise SystemExit(PROBLEMS)
    return loaded


def terminal_style() -> TerminalStyle:
    """The style for standard output. A terminal that calls itself dumb shows no colours."""
    dumb = ["NO_COLOR"] if os.environ.get("TERM") == "dumb" else []
    return style_of(sys.stdout.isatty(), [*os.environ, *dumb])


def intents_folder(options: argparse.Namespace) -> Path | None:
    """The folder of intents; none for another text until one is named, because ours are about the interview."""
    named = options.intents != INTENTS or Path(os.path.realpath(options.source)) == SOURCE
    return Path(options.intents) if named else None


def unfinished_corpus(source: Path, intents: Path | None) -> Corpus:
    """The corpus, which may hold TODOs. Other errors end the command. Without a folder of intents nothing is quoted."""
    if intents is not None:
        corpus, problems = load_corpus(source, intents)
    else:
        text_source, problems = load_source(source)
        corpus = resolve(text_source, IntentSet(()))[0] if text_source else None
    return loaded_or_exit((corpus, (problem for problem in problems if problem.rule != "todo")))


def report(problems: Iterable[Problem], stream: TextIO) -> None:
    for problem in problems:
        print(problem, file=stream)


def progress(items: Iterable[_Item], total: int, what: str) -> Iterator[_Item]:
    """The items. While they are taken, a terminal shows a bar with the time left, from the third second on."""
    if not sys.stderr.isatty():
        return iter(items)
    from tqdm import tqdm  # noqa: PLC0415 - only a terminal needs it

    return iter(tqdm(items, what, total, leave=False, delay=_SECONDS_WITHOUT_BAR))


def question_files(command: str, paths: Iterable[Path]) -> tuple[Question, ...]:
    """The questions of all files. What is wrong with one is printed on standard error and ends the command."""
    read = (read_questions(read_file(command, path).splitlines(), str(path)) for path in paths)
    return tuple(question for result in read for question in loaded_or_exit(result))


def read_file(command: str, path: Path) -> str:
    """Where the file cannot be read, that is printed on standard error and ends the command."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        usage_error(f"{command}: {path} cannot be read: {error}")


def write_file(command: str, path: Path, text: str, overwrite: bool = False) -> None:
    """Where the file cannot be written, it stays as it was, and that is printed on standard error and ends the
    command."""
    is_new = not path.exists()
    try:
        with path.open("a" if overwrite else "x", encoding="utf-8", newline="\n") as file:
            if not path.is_file():  # a terminal or a pipe
                file.write(text)
        if path.is_file():
            _replace(Path(os.path.realpath(path)), text)
    except FileExistsError:
        usage_error(f"{command}: {shown(path)} exists, and nothing is ever overwritten")
    except OSError as error:
        if is_new:
            with suppress(OSError):
                path.unlink()
        kept = "" if is_new else "; it stays as it was"
        usage_error(f"{command}: {shown(path)} cannot be written: {error.strerror}{kept}")


def _replace(path: Path, text: str) -> None:
    """Puts a new file in the place of the one there, with its mode and (where that is allowed) its owner."""
    before = path.stat()
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        with suppress(AttributeError, OSError):  # AttributeError on Windows
            os.chown(new, before.st_uid, before.st_gid)
        new.chmod(before.st_mode)
        new.replace(path)
    except BaseException:
        new.unlink()
        raise


def write_files(command: str, files: Mapping[Path, str], overwrite: bool = False) -> None:
    """Writes each file, with its folder where there is none."""
    for path, text in files.items():
        with suppress(OSError):  # write_file reports it
            path.parent.mkdir(parents=True, exist_ok=True)
        write_file(command, path, text, overwrite)


def usage_error(message: str) -> NoReturn:
    """Prints on standard error what would be right, and ends the command with the exit code of a usage error."""
    print(message, file=sys.stderr)
    raise SystemExit(USAGE_ERROR)
