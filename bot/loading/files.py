"""Reading files: their text, and what they hold as YAML, with a problem for each that cannot be read."""

from pathlib import Path

from bot.loading.snapshot import visible_files
from bot.yamlfiles.documents import MAX_BYTES, Node, decode_document, parse_document
from bot.yamlfiles.problems import Location, Problem


def shown(path: Path) -> str:
    """A path as people would type it: relative to the working folder where it is below."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_valid(path: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a YAML file, for programs that change it; None where it is not valid YAML."""
    text, problems = read_text(path)
    node, invalid = parse_document(text, shown(path)) if text is not None else (None, ())
    return (text if node else None), (*problems, *invalid)


def document(path: Path) -> tuple[Node | None, tuple[Problem, ...]]:
    text, problems = read_text(path)
    return parse_document(text, shown(path)) if text is not None else (None, problems)


def read_text(path: Path) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file. Of a file that is too large no more is read than shows it; a pipe is not opened."""
    try:
        if path.exists() and not path.is_file():
            return None, (Problem(Location(shown(path)), "unreadable", "is no file; move it elsewhere"),)
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, (Problem(Location(shown(path)), "unreadable", f"cannot be read: {reason}"),)
    return decode_document(raw, shown(path))


def yaml_files(folder: Path) -> list[Path]:
    return visible_files(folder, ".yaml") if folder.is_dir() else []
