"""Polls and messages go through the proxy that is set, by HTTP and by SOCKS; one that does not work is named."""

import asyncio
import gc
from contextlib import suppress
from urllib.parse import quote

import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.settings import Settings, read_settings
from bot.telegram_app.connection import (
    PROXY_FAILED,
    UNREACHABLE,
    Connection,
    ObservedRequest,
    api_address,
    http_request,
)
from tests.end_to_end.processes import Fake
from tests.end_to_end.proxy import NAME, PASSWORD, running_proxy
from tests.end_to_end.state import TOKEN

UNUSED = "https://api.telegram.org"
"""The proxy refuses before anything is sent there."""


def settings_of(base: str, **environment: str) -> Settings:
    settings, problems = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": base} | environment)
    assert () == problems
    return settings


async def exchange(settings: Settings) -> list[str]:
    """One poll and one message, as the bot makes them; returns what the operator is told."""
    reports: list[str] = []
    connection = Connection(reports.append)
    requests = [ObservedRequest(http_request(settings, 4), connection) for _ in range(2)]
    bot = Bot(TOKEN, api_address(settings), request=requests[0], get_updates_request=requests[1])
    with suppress(NetworkError):
        async with bot:
            await bot.get_updates(timeout=0)
            await bot.send_message(7, "x")
    await asyncio.gather(*(each.shutdown() for each in requests))
    return reports


@pytest.mark.parametrize("password", ["", PASSWORD])
@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h", "socks"])
def test_polls_and_messages_go_through_the_proxy(scheme: str, password: str, empty: Fake) -> None:
    """With its name and password, if it has one, which may hold any character."""
    empty.visitor().says("hello")

    async def run() -> tuple[list[str], list[str]]:
        async with running_proxy(password) as (proxy, port):
            login = f"{NAME}:{quote(password, safe='')}@" if password else ""
            address = f"{scheme}://{login}127.0.0.1:{port}"
            reports = await exchange(settings_of(empty.address, PROXY_URL=address))
            return reports, proxy.asked

    reports, asked = asyncio.run(run())
    assert [] == reports
    assert {f"127.0.0.1:{empty.port}"} == set(asked)
    assert 2 == len(asked)  # one connection for polls, one for everything else
    assert ["x"] == [each.text for each in empty.state.sent.values()]


def test_what_is_excepted_goes_directly(empty: Fake) -> None:
    """The usual variables, with the usual exceptions."""
    empty.visitor().says("hello")
    usual = {"ALL_PROXY": "http://127.0.0.1:9", "NO_PROXY": "::1,127.0.0.1"}
    assert [] == asyncio.run(exchange(settings_of(empty.address, **usual)))
    assert 1 == len(empty.state.sent)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # httpcore leaves a socket open
@pytest.mark.parametrize(
    ("scheme", "reason"),
    [("http", "407 Proxy Authentication Required"), ("socks5", "Invalid username/password")],
)
def test_a_proxy_that_refuses_is_named_with_its_words(scheme: str, reason: str) -> None:
    """And without its password."""

    async def run() -> list[str]:
        async with running_proxy(PASSWORD) as (_, port):
            return await exchange(settings_of(UNUSED, PROXY_URL=f"{scheme}://{NAME}:wrong@127.0.0.1:{port}"))

    (report,) = asyncio.run(run())
    gc.collect()
    assert report.startswith(PROXY_FAILED.split("{", maxsplit=1)[0] + reason)
    assert "wrong" not in report


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_proxy_of_another_kind_is_named() -> None:
    """A proxy for http at the address of a SOCKS proxy, which is the commonest mistake."""

    async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(3)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def run() -> list[str]:
        async with await asyncio.start_server(refuses, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            return await exchange(settings_of(UNUSED, PROXY_URL=f"socks5://127.0.0.1:{port}"))

    (report,) = asyncio.run(run())
    gc.collect()
    assert report.startswith(PROXY_FAILED.split("{", maxsplit=1)[0])


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_is_not_there_is_no_traceback(scheme: str) -> None:
    """The operator is told to look at the network and at PROXY_URL."""
    assert [UNREACHABLE] == asyncio.run(exchange(settings_of(UNUSED, PROXY_URL=f"{scheme}://127.0.0.1:9")))
