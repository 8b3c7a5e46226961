"""How Telegram is reached: through which proxy, and with which certificates."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.settings.values import HOME, Proxy, Secret

if TYPE_CHECKING:
    from ssl import SSLContext

PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")


def proxy_at(text: str) -> Proxy | None:
    """The proxy of an address, if it is one. It may be without a scheme (http) or with that of desktops (socks)."""
    scheme, slashes, rest = text.partition("://")
    scheme, rest = (scheme.lower(), rest) if slashes else ("http", text)
    address = f"{'socks5' if scheme == 'socks' else scheme}://{rest}"
    try:
        parts = urlsplit(address)
        shown = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return None
    has_more = parts.path not in {"", "/"} or parts.query or parts.fragment
    is_plain = text.isprintable() and " " not in text
    if parts.scheme not in PROXY_SCHEMES or not parts.hostname or has_more or not is_plain:
        return None
    return Proxy(Secret(address.rstrip("/")), shown)


def check_proxy(value: str, _: Mapping[str, str]) -> str:
    if proxy_at(value):
        return ""
    return (
        "is not the address of a proxy; write one such as socks5://127.0.0.1:1080 or http://name:password@host:3128, "
        "or leave it empty (Telegram's own MTProto proxies are for its apps, and cannot be used by bots)"
    )


def usual_proxy(environment: Mapping[str, str], api_base: str) -> tuple[Proxy | None, str]:
    """The proxy of HTTPS_PROXY or HTTP_PROXY, ALL_PROXY and NO_PROXY (in lower case too, as with curl) for the server
    at `api_base`, and what is wrong with it."""
    server = urlsplit(api_base or "https://api.telegram.org")
    no_proxy = environment.get("no_proxy") or environment.get("NO_PROXY", "")
    by_scheme = f"{server.scheme}_proxy"
    for key in (by_scheme, by_scheme.upper(), "all_proxy", "ALL_PROXY"):
        value = environment.get(key, "").strip()
        if not value:
            continue
        if _is_excepted(server.hostname or "", no_proxy):
            return None, ""
        problem = check_proxy(value, {})
        return proxy_at(value), f"{key} {problem}." if problem else ""
    return None, ""


def _is_excepted(host: str, no_proxy: str) -> bool:
    """Names stand for their subdomains too, "*" for all hosts, and brackets around an IPv6 address do not count."""
    names = [each.strip().strip("[]").lstrip(".").lower() for each in no_proxy.split(",")]
    return any(name in {"*", host} or (name and host.endswith(f".{name}")) for name in names)


def certificates_of(environment: Mapping[str, str]) -> tuple[Path | None, str]:
    """The certificates of SSL_CERT_FILE or SSL_CERT_DIR, and what is wrong with them."""
    for key, is_right in (("SSL_CERT_FILE", Path.is_file), ("SSL_CERT_DIR", Path.is_dir)):
        value = environment.get(key, "").strip()
        if not value:
            continue
        path = HOME / value
        with suppress(OSError):  # also ssl.SSLError
            if is_right(path):
                certificates(path)
                return path, ""
        fix = "correct it, or remove it for the usual ones"
        return None, f"{key} is {value}, and there are no certificates; {fix}."
    return None, ""


def certificates(path: Path | None) -> "SSLContext | bool":
    """What connections are proved with: the certificates of a file or folder, or True for the usual ones."""
    if path is None:
        return True
    from ssl import create_default_context  # noqa: PLC0415 - 10 ms, and only Telegram needs it

    return create_default_context(capath=path) if path.is_dir() else create_default_context(cafile=path)
