"""From the environment to the settings, and what is wrong with them."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings.network import certificates_of, proxy_at, usual_proxy
from bot.settings.table import OFF, SETTINGS, WEBHOOK_PATH
from bot.settings.values import HOME, Secret, Settings, Webhook


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
        inbox=_path(values["INBOX"]),
        journal=_path(values["JOURNAL"]),
        translations=values["TRANSLATIONS"].lower() != OFF,
    )
    return settings, tuple(problems)


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


def _path(value: str) -> Path | None:
    return None if value.lower() == OFF else HOME / Path(value).expanduser()
