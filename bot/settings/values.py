"""What the settings are once they are read."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOME = Path(__file__).resolve().parents[2]
"""The project's folder. Paths in settings count from here, wherever the bot is started."""

HIDDEN = "***"
"""Stands in place of a secret."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that does not show itself.

    >>> key = Secret("12:ab"); print(key, repr(key), f"{key:>5}", key.reveal())
    *** Secret(***)   *** 12:ab
    """

    _value: str

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, specification: str) -> str:
        return format(HIDDEN, specification)


@dataclass(frozen=True, slots=True)
class Proxy:
    """`url` may hold a name and a password; `shown` does not."""

    url: Secret
    shown: str


@dataclass(frozen=True, slots=True)
class Webhook:
    """How Telegram delivers messages by itself. `url` has a path, and no slash at its end."""

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
    """What the operator chose; .env.example says what each means. `api_base` has no slash at its end. `certificates` is
    a file or a folder that takes the place of the usual ones."""

    token: Secret | None = None
    test_environment: bool = False
    api_base: str = ""
    proxy: Proxy | None = None
    certificates: Path | None = None
    webhook: Webhook | None = None
    owner: int | None = None
    inbox: Path | None = HOME / "inbox.sqlite3"
    journal: Path | None = HOME / "journal.sqlite3"
    translations: bool = True

    def secrets(self) -> tuple[Secret, ...]:
        """What no log may hold."""
        password = urlsplit(self.proxy.url.reveal()).password if self.proxy else None
        found = (self.token, self.webhook and self.webhook.secret, password and Secret(unquote(password)))
        return tuple(each for each in found if each)
