"""nginx before several processes takes our configuration, and passes on what one process cannot take."""

import asyncio
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.wire import Answered, post, read_request, read_response, response
from tests.soak.balancer import MISSING, balancing, configuration, nginx
from tests.soak.run import free_ports

pytestmark = pytest.mark.slow
needs_nginx = pytest.mark.skipif(nginx() is None, reason=MISSING)


@needs_nginx
def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    """`nginx -t` finds no fault with it."""
    front, *behind = free_ports(4)
    written = tmp_path / "nginx.conf"
    written.write_text(configuration(tmp_path, front, behind), encoding="utf-8")
    checked = subprocess.run(
        [str(nginx()), "-t", "-p", str(tmp_path), "-c", str(written), "-e", "stderr"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == checked.returncode, checked.stderr


@needs_nginx
def test_a_delivery_finds_the_process_that_lives(tmp_path: Path) -> None:
    """Of three only one listens: it gets them all, and no delivery fails."""
    assert ["/telegram"] * 6 == asyncio.run(_delivered(tmp_path, 6))


async def _delivered(folder: Path, number: int) -> list[str]:
    """The paths that the only living process was asked for."""
    front, *behind = free_ports(4)
    paths: list[str] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await read_request(reader):
            paths.append(asked.path)
            writer.write(b"".join(response(200, b"")))
        writer.close()

    living = await asyncio.start_server(take, "127.0.0.1", behind[1])
    async with asyncio.timeout(10), living, balancing(str(nginx()), folder, front, behind):
        answers = [await _post(front) for _ in range(number)]
    assert [200] * number == [answer.status for answer in answers]
    return paths


async def _post(port: int) -> Answered:
    """One delivery; nginx may still be starting."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            break
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
    writer.write(post("/telegram", "127.0.0.1", {}, b'{"update_id": "1"}'))
    answer = await read_response(reader)
    writer.close()
    await writer.wait_closed()
    return answer
