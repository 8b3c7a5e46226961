"""The file .env: as people save it, and what they write into it by mistake."""

import codecs
import os
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values

from bot.settings.table import KEYS, check_token

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnusableFileError(Exception):
    """A file of settings that cannot be used. Its text is a sentence with the fix."""


def environment_with_file(path: Path) -> Mapping[str, str]:
    """The environment of the process, and what the file at `path` adds to it.

    A variable that the environment has, also an empty one, wins over the file. A file that is not there
    adds nothing; one that cannot be read, or whose token cannot be found, raises UnusableFileError. UTF-8 with or
    without a mark at its start, and the UTF-16 that Windows editors call "Unicode", are understood.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return dict(os.environ)
    except OSError as error:
        fix = "Make it readable, or remove it."
        if path.is_dir():
            fix = "Remove the folder and make the file; Docker makes a folder where it was to mount a missing file."
        raise UnusableFileError(f"The file .env cannot be read: {error.strerror}. {fix}") from error
    encoding = "utf-16" if raw.startswith(_UTF_16) else "utf-8-sig"
    text = raw.decode(encoding, errors="replace")  # a broken character is found by the checks
    written = dotenv_values(stream=StringIO(text))
    found = {key: value for key, value in written.items() if value is not None}
    for complaint in _complaints(text, found):
        raise UnusableFileError(complaint)
    return found | dict(os.environ)


def _complaints(text: str, written: Mapping[str, str]) -> Iterator[str]:
    """What people write into .env instead of TELEGRAM_BOT_TOKEN=..."""
    for number, line in enumerate(text.splitlines(), start=1):
        key, colon, _ = line.strip().removeprefix("export ").partition(":")
        name = key.strip().upper()
        if colon and name in KEYS:
            yield f'Line {number} of .env has a colon after {name}; write "{name}=" and the value.'
    token = "TELEGRAM_BOT_TOKEN"
    if written.get(token) and os.environ.get(token) == "":
        yield f"{token} is empty in the environment, which hides the one in .env; unset it there, or give it a value."
    if not written.get(token) and not os.environ.get(token):
        for key, value in written.items():
            if key not in KEYS and not check_token(value.strip(), {}):
                yield f'{key} in .env holds what looks like a bot\'s token; write "{token}=" in place of "{key}=".'
