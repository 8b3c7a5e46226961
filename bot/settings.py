"""The environment, read once: the bot's token and where Telegram is.

Rule: a secret is shown by `reveal()` and by nothing else, and a setting that cannot be used is told in
one sentence with the fix, before anything is sent anywhere. What this room does not know: Telegram.
"""

import codecs
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

TOKEN_KEY = "TELEGRAM_BOT_TOKEN"
ENVIRONMENT_KEY = "TELEGRAM_ENVIRONMENT"
API_BASE_KEY = "TELEGRAM_API_BASE"

HIDDEN = "***"
"""What stands in the place of a secret."""

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{30,60}", re.ASCII)
"""The bot's number, a colon, and today 35 characters (https://core.telegram.org/bots/api#authorizing-your-bot
shows one); the length is not promised there, so that some more or fewer are taken too."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that does not show itself.

    >>> key = Secret("12:ab"); print(key, repr(key), f"{key:>5}", key.reveal())
    *** Secret(***)   *** 12:ab
    """

    _value: str

    def reveal(self) -> str:
        """The text itself, for the one place that needs it."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, specification: str) -> str:
        return format(HIDDEN, specification)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator chose.

    token             None: there is no bot on Telegram, one talks in the terminal
    test_environment  Telegram's separate servers for trying
    api_base          the address of a Bot API server, without a slash at its end; "" is Telegram's own
    """

    token: Secret | None = None
    test_environment: bool = False
    api_base: str = ""


def environment_with_file(path: Path) -> Mapping[str, str]:
    """The environment of the process, and what the file at `path` adds to it.

    A variable that the environment has, also an empty one, wins over the file. A file that is not there
    adds nothing; one that cannot be read raises OSError. UTF-8 with or without a mark at its start, and
    the UTF-16 that Windows editors call "Unicode", are understood.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return dict(os.environ)
    encoding = "utf-16" if raw.startswith(_UTF_16) else "utf-8-sig"
    text = raw.decode(encoding, errors="replace")  # a broken character is found by the checks below
    written = dotenv_values(stream=StringIO(text))
    return {key: value for key, value in written.items() if value is not None} | dict(os.environ)


def read_settings(environment: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and one sentence for each value that cannot be used (it then counts as not set).

    >>> read_settings({"TELEGRAM_ENVIRONMENT": "prod"})[1]
    ('TELEGRAM_ENVIRONMENT is "prod"; write "test", or leave it empty for the ordinary Telegram.',)
    """
    token, token_problems = _token(environment.get(TOKEN_KEY, "").strip())
    test, environment_problems = _test_environment(environment.get(ENVIRONMENT_KEY, "").strip())
    base, base_problems = _api_base(environment.get(API_BASE_KEY, "").strip())
    return Settings(token, test, base), (*token_problems, *environment_problems, *base_problems)


def _token(text: str) -> tuple[Secret | None, tuple[str, ...]]:
    """The problem never repeats the value: it may be a token with one character too many."""
    if not text:
        return None, ()
    if _TOKEN.fullmatch(text):
        return Secret(text), ()
    shape = "a number, a colon and about 35 letters, digits, - and _"
    return None, (f"{TOKEN_KEY} does not look like a token ({shape}); copy it anew from @BotFather.",)


def _test_environment(text: str) -> tuple[bool, tuple[str, ...]]:
    if text.lower() in {"", "test"}:
        return bool(text), ()
    fix = 'write "test", or leave it empty for the ordinary Telegram'
    return False, (f'{ENVIRONMENT_KEY} is "{text}"; {fix}.',)


def _api_base(text: str) -> tuple[str, tuple[str, ...]]:
    if not text or _is_server_address(text):
        return text.rstrip("/"), ()
    fix = "write an address such as http://127.0.0.1:8081, or leave it empty for Telegram's own"
    return "", (f"{API_BASE_KEY} is not the address of a server; {fix}.",)


def _is_server_address(text: str) -> bool:
    """Braces would be taken for a place to fill in when the address is put together."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment and not set("{} ") & set(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain
