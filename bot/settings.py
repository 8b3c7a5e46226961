"""The environment, read once: the bot's token, where Telegram is, how messages come, and who owns the bot.

Rule: a secret is shown by `reveal()` and by nothing else, and a setting that cannot be used is told in
one sentence with the fix, before anything is sent anywhere.
"""

import codecs
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

TOKEN_KEY = "TELEGRAM_BOT_TOKEN"
ENVIRONMENT_KEY = "TELEGRAM_ENVIRONMENT"
API_BASE_KEY = "TELEGRAM_API_BASE"
OWNER_KEY = "OWNER_CHAT_ID"
INBOX_KEY = "INBOX"
JOURNAL_KEY = "JOURNAL"
WEBHOOK_URL_KEY = "WEBHOOK_URL"
WEBHOOK_LISTEN_KEY = "WEBHOOK_LISTEN"
WEBHOOK_PORT_KEY = "WEBHOOK_PORT"
WEBHOOK_SECRET_KEY = "WEBHOOK_SECRET"
WEBHOOK_MAX_CONNECTIONS_KEY = "WEBHOOK_MAX_CONNECTIONS"

KEYS = (
    TOKEN_KEY,
    ENVIRONMENT_KEY,
    API_BASE_KEY,
    OWNER_KEY,
    INBOX_KEY,
    JOURNAL_KEY,
    WEBHOOK_URL_KEY,
    WEBHOOK_LISTEN_KEY,
    WEBHOOK_PORT_KEY,
    WEBHOOK_SECRET_KEY,
    WEBHOOK_MAX_CONNECTIONS_KEY,
)
"""All that is read, in the order of .env.example."""

WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})
"""The only ones that Telegram calls (https://core.telegram.org/bots/api#setwebhook)."""

WEBHOOK_PATH = "/telegram"
"""What an address without a path gets, so that the server in front can tell these calls from others."""

HOME = Path(__file__).resolve().parents[1]
"""The project's folder. Paths in settings count from here, wherever the bot is started."""

OFF = "off"
"""In place of a path: nothing is kept there."""

INBOX, JOURNAL = "inbox.sqlite3", "journal.sqlite3"
"""The usual names of the files that are kept, beside run_bot.py."""

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
class Webhook:
    """Where Telegram delivers messages by itself.

    url              the public address, with a path and without a slash at its end
    listen, port     where this process hears it, usually behind a server that speaks https
    secret           what Telegram sends along as its proof; None: a random one, made at each start
    max_connections  deliveries at the same time, 1 to 100
    """

    url: str
    listen: str = "127.0.0.1"
    port: int = 8080
    secret: Secret | None = None
    max_connections: int = 40

    @property
    def path(self) -> str:
        """The path of the address, which is heard here, too."""
        return urlsplit(self.url).path


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator chose.

    token             None: there is no bot on Telegram, one talks in the terminal
    test_environment  Telegram's separate servers for trying
    api_base          the address of a Bot API server, without a slash at its end; "" is Telegram's own
    webhook           None: messages are fetched by polling
    owner             the chat that is told of the start and of errors; None: nobody is
    inbox             where messages are kept until they are answered; None: nowhere
    journal           where questions without an answer are kept for the editor; None: nowhere
    """

    token: Secret | None = None
    test_environment: bool = False
    api_base: str = ""
    webhook: Webhook | None = None
    owner: int | None = None
    inbox: Path | None = HOME / INBOX
    journal: Path | None = HOME / JOURNAL


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
    values = _Values(environment)
    token = values.secret(
        TOKEN_KEY,
        _TOKEN,
        "does not look like a token (a number, a colon and about 35 letters, digits, - and _); "
        "copy it anew from @BotFather",
    )
    test = values.text(
        ENVIRONMENT_KEY,
        lambda text: text.lower() == "test",
        'is "{value}"; write "test", or leave it empty for the ordinary Telegram',
    )
    base = values.text(
        API_BASE_KEY,
        _is_server_address,
        "is not the address of a server; "
        "write an address such as http://127.0.0.1:8081, or leave it empty for Telegram's own",
    ).rstrip("/")
    webhook = _webhook(values, token, base)
    owner = values.text(
        OWNER_KEY,
        lambda text: re.fullmatch(r"-?[1-9][0-9]{0,15}", text, re.ASCII) is not None,
        'is "{value}"; write the number of your chat with the bot (@userinfobot tells it), or leave it empty',
    )
    settings = Settings(
        token,
        test_environment=bool(test),
        api_base=base,
        webhook=webhook,
        owner=int(owner) if owner else None,
        inbox=values.path(INBOX_KEY, INBOX),
        journal=values.path(JOURNAL_KEY, JOURNAL),
    )
    return settings, tuple(values.problems)


class _Values:
    """The values of an environment, and the problems that were found in them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.problems: list[str] = []
        self._environment = environment

    def text(self, key: str, fits: Callable[[str], bool], problem: str, otherwise: str = "") -> str:
        """The value where it fits, else `otherwise`. Only what is not secret may stand in `problem`."""
        value = self._environment.get(key, "").strip()
        if not value or fits(value):
            return value or otherwise
        self.problems.append(f"{key} {problem.format(value=value)}.")
        return otherwise

    def secret(self, key: str, shape: re.Pattern[str], problem: str) -> Secret | None:
        """The problem does not repeat the value: it may be a secret with one character too many."""
        value = self.text(key, lambda text: shape.fullmatch(text) is not None, problem)
        return Secret(value) if value else None

    def path(self, key: str, otherwise: str) -> Path | None:
        """A path from the project's folder on, or None for "off"."""
        value = self._environment.get(key, "").strip() or otherwise
        return None if value.lower() == OFF else HOME / Path(value).expanduser()

    def number(self, key: str, lowest: int, highest: int, otherwise: int) -> int:
        """A whole number, both bounds included."""

        def fits(text: str) -> bool:
            return text.isascii() and text.isdigit() and len(text) < 9 and lowest <= int(text) <= highest

        problem = (
            f'is "{{value}}"; write a number from {lowest} to {highest}, or leave it empty for {otherwise}'
        )
        return int(self.text(key, fits, problem, str(otherwise)))


def _webhook(values: _Values, token: Secret | None, base: str) -> Webhook | None:
    """None without a public address; then the other keys of the webhook mean nothing and are not read."""
    public = "Telegram calls https addresses only, at the ports 443, 80, 88 and 8443"
    url = values.text(
        WEBHOOK_URL_KEY,
        lambda text: _is_webhook_address(text, local=bool(base)),
        f"is not an address for a webhook ({public}); write one such as https://bot.example.org/telegram, "
        "or leave it empty to fetch messages by polling",
    )
    if token and token.reveal() in url:
        values.problems.append(f"{WEBHOOK_URL_KEY} holds the token, which servers log; choose another path.")
        url = ""
    if not url:
        return None
    secret = values.secret(
        WEBHOOK_SECRET_KEY,
        re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII),
        "may hold 1 to 256 of A-Z, a-z, 0-9, _ and -; write such a text, or leave it empty for a random one",
    )
    return Webhook(
        url=url.rstrip("/") + ("" if urlsplit(url).path.strip("/") else WEBHOOK_PATH),
        listen=values.text(WEBHOOK_LISTEN_KEY, _is_host, "is no address of this machine", "127.0.0.1"),
        port=values.number(WEBHOOK_PORT_KEY, 1, 65535, 8080),
        secret=secret,
        max_connections=values.number(WEBHOOK_MAX_CONNECTIONS_KEY, 1, 100, 40),
    )


def _is_webhook_address(text: str, local: bool) -> bool:
    """A Bot API server of one's own calls any port, and by http, too
    (https://core.telegram.org/bots/api#using-a-local-bot-api-server)."""
    if not _is_server_address(text):
        return False
    parts = urlsplit(text)
    plain_path = re.fullmatch(r"[A-Za-z0-9/._~-]*", parts.path, re.ASCII) is not None
    reachable = parts.scheme == "https" and (parts.port or 443) in WEBHOOK_PORTS
    return plain_path and (local or reachable)


def _is_host(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9.:-]+", text, re.ASCII) is not None


def _is_server_address(text: str) -> bool:
    """Braces would be taken for a place to fill in when the address is put together."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment and not set("{} ") & set(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain
