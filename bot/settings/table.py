"""Every variable that is read, with its default and what it may hold; and the settings that are read from them."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings.network import certificates_of, check_proxy, proxy_at, usual_proxy
from bot.settings.values import HIDDEN, HOME, Secret, Settings, Webhook

WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})
"""The only ones that Telegram calls (https://core.telegram.org/bots/api#setwebhook)."""

WEBHOOK_PATH = "/telegram"
"""What an address without a path gets, so that the server in front can tell these calls from others."""

OFF = "off"
"""In place of a path: nothing is kept there."""

Check = Callable[[str, Mapping[str, str]], str]
"""From a value, and the values of the rows above it, to what is wrong: the end of a sentence that begins with the key.
"" where the value can be used. A secret is never repeated; `read_settings` hides a token that is in the wrong row."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of SETTINGS."""

    key: str
    default: str = ""
    check: Check = lambda _value, _above: ""


def _shape(pattern: str, problem: str) -> Check:
    return lambda value, _: "" if re.fullmatch(pattern, value, re.ASCII) else problem.format(value=value)


def _number(highest: int, default: int) -> Check:
    def check(value: str, _: Mapping[str, str]) -> str:
        if re.fullmatch("[0-9]{1,8}", value) and 1 <= int(value) <= highest:
            return ""
        return f'is "{value}"; write a number from 1 to {highest}, or leave it empty for {default}'

    return check


def _server(value: str, _: Mapping[str, str]) -> str:
    example = "write an address such as http://127.0.0.1:8081, or leave it empty for Telegram's own"
    return "" if _is_server_address(value) else f"is not the address of a server; {example}"


def _webhook_address(value: str, above: Mapping[str, str]) -> str:
    """A Bot API server of one's own calls any port, and by http, too
    (https://core.telegram.org/bots/api#using-a-local-bot-api-server)."""
    parts = urlsplit(value if _is_server_address(value) else "")
    reachable = above["TELEGRAM_API_BASE"] or (
        parts.scheme == "https" and (parts.port or 443) in WEBHOOK_PORTS
    )
    if not parts.hostname or not reachable or not re.fullmatch(r"[A-Za-z0-9/._~-]*", parts.path):
        return (
            "is not an address for a webhook (Telegram calls https addresses only, at the ports 443, 80, 88 and "
            "8443); write one such as https://bot.example.org/telegram, or leave it empty to fetch messages by polling"
        )
    token = above["TELEGRAM_BOT_TOKEN"]
    return "holds the token, which servers log; choose another path" if token and token in value else ""


def _is_server_address(text: str) -> bool:
    """Braces would be filled in when the address is put together; invisible characters come from web pages."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError for a port that is no number
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment and not set("{} ") & set(text) and text.isprintable()
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain


_TOKEN_INSIDE = re.compile(r"[0-9]{4,20}:[\w-]{10,}")
"""Also a part of a token, and one with something before or behind it."""


def _file(value: str, _: Mapping[str, str]) -> str:
    if not _TOKEN_INSIDE.search(value):
        return ""
    return "holds what looks like a bot's token; write the name of a file, or leave it empty"


# A token is a number, a colon and today 35 characters; that length is not promised
# (https://core.telegram.org/bots/api#authorizing-your-bot).
check_token = _shape(
    r"[0-9]{1,20}:[A-Za-z0-9_-]{30,60}",
    "does not look like a token (a number, a colon and about 35 letters, digits, - and _); "
    "copy it anew from @BotFather",
)
_TEST = _shape("(?i:test)", 'is "{value}"; write "test", or leave it empty for the ordinary Telegram')
_CHAT = _shape(
    r"-?[1-9][0-9]{0,15}",
    'is "{value}"; write the number of your chat with the bot (@userinfobot tells it), or leave it empty',
)
_SWITCH = _shape("(?i:on|off)", 'is "{value}"; write "off", or leave it empty to show translations')
_HOST = _shape(r"[A-Za-z0-9.:-]+", "is no address of this machine")
_SECRET = _shape(
    r"[A-Za-z0-9_-]{1,256}",
    "may hold 1 to 256 of A-Z, a-z, 0-9, _ and -; write such a text, or leave it empty for a random one",
)

SETTINGS = (
    Setting("TELEGRAM_BOT_TOKEN", check=check_token),
    Setting("TELEGRAM_ENVIRONMENT", check=_TEST),
    Setting("TELEGRAM_API_BASE", check=_server),
    Setting("PROXY_URL", check=check_proxy),
    Setting("OWNER_CHAT_ID", check=_CHAT),
    Setting("INBOX", "inbox.sqlite3", _file),
    Setting("JOURNAL", "journal.sqlite3", _file),
    Setting("TRANSLATIONS", "on", _SWITCH),
    Setting("WEBHOOK_URL", check=_webhook_address),
    Setting("WEBHOOK_LISTEN", "127.0.0.1", _HOST),
    Setting("WEBHOOK_PORT", "8080", _number(65535, 8080)),
    Setting("WEBHOOK_SECRET", check=_SECRET),
    Setting("WEBHOOK_MAX_CONNECTIONS", "40", _number(100, 40)),
)
"""In the order of .env.example, which says what each means. Those of the webhook count only with WEBHOOK_URL."""

KEYS = tuple(setting.key for setting in SETTINGS)


def read_settings(environment: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """The settings, and one sentence for each value that cannot be used (it then counts as not set).

    >>> read_settings({"TELEGRAM_ENVIRONMENT": "prod"})[1]
    ('TELEGRAM_ENVIRONMENT is "prod"; write "test", or leave it empty for the ordinary Telegram.',)
    """
    values: dict[str, str] = {}
    problems = []
    for setting in SETTINGS:
        value = _unquoted(environment.get(setting.key, ""))
        if setting.key.startswith("WEBHOOK_") and values.get("WEBHOOK_URL") == "":
            value = ""
        problem = (_control_character(value) or setting.check(value, values)) if value else ""
        if problem:
            problems.append(f"{setting.key} {problem}.")
        values[setting.key] = setting.default if problem or not value else value
    usual = environment if values["TELEGRAM_BOT_TOKEN"] else {}
    proxy, fault = usual_proxy(usual, values["TELEGRAM_API_BASE"])
    if values["PROXY_URL"]:
        proxy, fault = proxy_at(values["PROXY_URL"]), ""
    certificates, missing = certificates_of(usual)
    problems += [each for each in (fault, missing) if each]
    owner = values["OWNER_CHAT_ID"]
    settings = Settings(
        token=_secret(values["TELEGRAM_BOT_TOKEN"]),
        test_environment=bool(values["TELEGRAM_ENVIRONMENT"]),
        api_base=values["TELEGRAM_API_BASE"].rstrip("/"),
        proxy=proxy,
        certificates=certificates,
        webhook=_webhook(values),
        owner=int(owner) if owner else None,
        inbox=_path(values["INBOX"], environment),
        journal=_path(values["JOURNAL"], environment),
        translations=values["TRANSLATIONS"].lower() != OFF,
    )
    return settings, tuple(_TOKEN_INSIDE.sub(HIDDEN, problem) for problem in problems)


def _unquoted(value: str) -> str:
    """Docker leaves the quotes of a file for --env-file in the value."""
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1].strip() if is_quoted else value


def _control_character(value: str) -> str:
    if not re.search(r"[\x00-\x1f\x7f]", value):
        return ""
    return (
        "has a line break, a tab or another control character; in .env a backslash between double quotes begins one: "
        "write single quotes, or / in paths"
    )


def _webhook(values: Mapping[str, str]) -> Webhook | None:
    url = values["WEBHOOK_URL"].rstrip("/")
    if not url:
        return None
    return Webhook(
        url=url if urlsplit(url).path else url + WEBHOOK_PATH,
        listen=values["WEBHOOK_LISTEN"],
        port=int(values["WEBHOOK_PORT"]),
        secret=_secret(values["WEBHOOK_SECRET"]),
        max_connections=int(values["WEBHOOK_MAX_CONNECTIONS"]),
    )


def _secret(value: str) -> Secret | None:
    return Secret(value) if value else None


def _path(value: str, environment: Mapping[str, str]) -> Path | None:
    """From the folder that systemd makes for a service to write to, or the project's
    (https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RuntimeDirectory=)."""
    if value.lower() == OFF:
        return None
    path = Path(value)
    with suppress(RuntimeError):  # "~name" of nobody here
        path = path.expanduser()
    folder, *_ = environment.get("STATE_DIRECTORY", "").split(":")
    return HOME / folder / path
