"""HTTP/1.1 as far as a bot and a webhook need it.

As little as is needed, so that the fake is never the slow part. Bodies have a length, never chunks;
what a bot sends is a form or JSON.
"""

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path, and the parameters of its address and its body."""

    path: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """One response."""

    status: int
    headers: Headers
    body: bytes


async def read_request(reader: asyncio.StreamReader) -> Asked | None:
    """The next request on a connection; None when there is none any more."""
    try:
        first, headers = await _head(reader)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
        return None
    path, _, query = first.split(" ")[1].partition("?")
    if "://" in path:  # a request to a proxy names the server, too, which is to take it (RFC 9112, 3.2.2)
        path = "/" + path.split("/", 3)[3]
    return Asked(path, _parameters(query, headers.get("content-type", ""), body.decode()))


async def read_response(reader: asyncio.StreamReader) -> Answered:
    """The response to a request. Raises IncompleteReadError or ConnectionError when it does not come whole."""
    first, headers = await _head(reader)
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answered(int(first.split(" ")[1]), headers, body)


def response(status: int, body: bytes, kind: str = "application/json") -> tuple[bytes, bytes]:
    """The head and the body of a response."""
    head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode(), body


def post(path: str, host: str, headers: Headers, body: bytes) -> bytes:
    """A request with JSON."""
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


async def _head(reader: asyncio.StreamReader) -> tuple[str, Headers]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    named = (line.partition(":") for line in lines if line)
    return first, {name.strip().lower(): value.strip() for name, _, value in named}


def _parameters(query: str, kind: str, body: str) -> dict[str, str]:
    found = dict(parse_qsl(query, keep_blank_values=True))
    if kind.startswith("application/json"):
        values = json.loads(body or "{}")
        return found | {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()
        }
    return found | dict(parse_qsl(body, keep_blank_values=True))
