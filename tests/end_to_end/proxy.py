"""A small proxy on loopback: HTTP (forwarded requests, and CONNECT) and SOCKS 5 (RFC 1928, 1929) at one port."""

import asyncio
import base64
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

NAME, PASSWORD = "visitor", "p@ss word"


@dataclass
class Proxy:
    """`asked` are the hosts and ports it was asked for. Without a `password` everybody may use it."""

    password: str = ""
    asked: list[str] = field(default_factory=list)
    connections: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, of either kind."""
        task = asyncio.current_task()
        assert task
        self.connections.add(task)
        try:
            first = await reader.readexactly(1)
            await (self._socks if first == b"\x05" else self._http)(first, (reader, writer))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _socks(self, _version: bytes, streams: Streams) -> None:
        reader, writer = streams
        await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x05\x02" if self.password else b"\x05\x00")
        if self.password:
            await reader.readexactly(1)
            given = [await reader.readexactly((await reader.readexactly(1))[0]) for _ in range(2)]
            right = given == [NAME.encode(), self.password.encode()]
            writer.write(b"\x01\x00" if right else b"\x01\x01")
            if not right:
                return
        kind = (await reader.readexactly(4))[3]
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        raw = await reader.readexactly(length)
        host = ".".join(map(str, raw)) if kind == 1 else raw.decode()
        (port,) = struct.unpack(">H", await reader.readexactly(2))
        self.asked.append(f"{host}:{port}")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await _joined(streams, await asyncio.open_connection(host, port))

    async def _http(self, first: bytes, streams: Streams) -> None:
        reader, writer = streams
        head = first + await reader.readuntil(b"\r\n\r\n")
        method, address, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        place = urlsplit(address if "//" in address else f"//{address}")
        self.asked.append(f"{place.hostname}:{place.port}")
        wanted = base64.b64encode(f"{NAME}:{self.password}".encode())
        if self.password and b"proxy-authorization: basic " + wanted not in _lower_names(head):
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        server = await asyncio.open_connection(place.hostname, place.port)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            server[1].write(head)
        await _joined(streams, server)


@asynccontextmanager
async def running_proxy(password: str = "") -> AsyncIterator[tuple[Proxy, int]]:
    """A proxy and its port."""
    proxy = Proxy(password)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    try:
        yield proxy, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in proxy.connections:
            task.cancel()
        await asyncio.gather(*proxy.connections)


def _lower_names(head: bytes) -> bytes:
    lines = (line.partition(b":") for line in head.split(b"\r\n"))
    return b"\n".join(
        name.lower() + colon + value.replace(b"Basic", b"basic") for name, colon, value in lines
    )


async def _joined(one: Streams, other: Streams) -> None:
    """Passes bytes on in both directions until both ends are closed."""

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()

    await asyncio.gather(pump(one[0], other[1]), pump(other[0], one[1]), return_exceptions=True)
