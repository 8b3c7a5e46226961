"""nginx before several processes of the bot, on loopback.

Any way of balancing is right: Telegram delivers the updates of a chat one at a time
and sends the next only when the one before was acknowledged. So as long as each process acknowledges an update only
when it has answered it, two processes never have updates of one chat, whichever nginx picks, and order is kept. (A
process with an inbox acknowledges earlier. Several of these would need `hash` by chat, which nginx cannot
see in the body without a module: run only one such process.)
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

MISSING = "skipped: nginx is not installed (apt install nginx-light); it balances several processes"

CONFIGURATION = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream bots {{
        # A process that was killed gets requests again after a second: its supervisor restarts it.
{servers}
        keepalive 32;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://bots;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            # Telegram waits 60 s for the answer, and then delivers again.
            proxy_read_timeout 60s;
            # Only what was certainly not begun goes to the next process; otherwise two might answer.
            proxy_next_upstream error timeout;
        }}
    }}
}}
"""


def nginx() -> str | None:
    """Where nginx is; None when it is not installed. Debian keeps it outside the usual path."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


def configuration(folder: Path, port: int, behind: Sequence[int]) -> str:
    """The text of nginx.conf: listens at `port`, passes on to the ports `behind`."""
    servers = "\n".join(f"        server 127.0.0.1:{each} max_fails=1 fail_timeout=1s;" for each in behind)
    return CONFIGURATION.format(folder=folder, port=port, servers=servers)


@asynccontextmanager
async def balancing(program: str, folder: Path, port: int, behind: Sequence[int]) -> AsyncIterator[None]:
    """nginx, while it is needed."""
    written = folder / "nginx.conf"
    written.write_text(configuration(folder, port, behind), encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        program, "-p", str(folder), "-c", str(written), "-e", "stderr", stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
