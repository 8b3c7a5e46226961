"""The examples for operation fit the project, as far as can be said without running them."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import HOME, KEYS
from bot.telegram_app.run import DRAIN
from tests.soak.balancer import MISSING, nginx

EXAMPLES = HOME / "examples"
UNIT, DOCKER, NGINX = (EXAMPLES / name for name in ("interview-bot.service", "Dockerfile", "nginx.conf"))


def unit() -> dict[str, dict[str, str]]:
    """The unit as sections of keys; of a repeated key the last value."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text(encoding="utf-8"))
    return {name: dict(parser[name]) for name in parser.sections()}


def test_the_unit_starts_what_exists_and_waits_for_the_answers() -> None:
    """run_bot.py is there; the stop takes longer than the bot's own; wrong settings are not tried again."""
    service = unit()["Service"]
    assert ["Unit", "Service", "Install"] == list(unit())
    assert (HOME / service["ExecStart"].split()[-1]).exists()
    assert DRAIN < float(service["TimeoutStopSec"])
    assert ("on-failure", "2") == (service["Restart"], service["RestartPreventExitStatus"])
    for key in ("DynamicUser", "NoNewPrivileges"):
        assert "yes" == service[key]
    assert "strict" == service["ProtectSystem"]


def test_the_settings_that_are_named_are_read() -> None:
    """In the unit, in the Dockerfile, and in what stands in front."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in (UNIT, DOCKER, NGINX))
    named = set(re.findall(r"\b((?:TELEGRAM|WEBHOOK|OWNER)_[A-Z_]+|INBOX|JOURNAL)\b(?==|\.| of|,)", texts))
    assert {"INBOX", "JOURNAL", "WEBHOOK_URL", "WEBHOOK_SECRET", "WEBHOOK_PORT"} <= named <= set(KEYS)


def test_the_image_copies_what_exists_and_runs_as_nobody() -> None:
    """Known instructions only; the last user is not root; no secret is copied or set."""
    text = DOCKER.read_text(encoding="utf-8")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip() and line[0] != "#"]
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENV", "STOPSIGNAL", "CMD"}
    assert known == {instruction for instruction, _ in lines}
    copied = [name for instruction, rest in lines if instruction == "COPY" for name in rest.split()[:-1]]
    assert copied
    assert [] == [name for name in copied if not (HOME / name).exists()]
    assert "bot" == [rest for instruction, rest in lines if instruction == "USER"][-1]
    assert "TOKEN" not in text
    assert "--require-hashes" in text


def test_nothing_else_lies_among_the_examples() -> None:
    """Each example has a test here."""
    assert {UNIT, DOCKER, NGINX} == set(EXAMPLES.iterdir())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    """systemd's own check, but for the interpreter, which is made by the installation."""
    copy = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8").replace("/opt/interview-bot/.venv/bin/python", "/bin/true")
    copy.write_text(text, encoding="utf-8")
    run = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False)
    assert 0 == run.returncode, run.stderr


@pytest.mark.slow
@pytest.mark.skipif(nginx() is None, reason=MISSING)
def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    """Its own check, with http in place of https: there is no certificate here."""
    lines = NGINX.read_text(encoding="utf-8").replace("443 ssl", "127.0.0.1:8443").splitlines()
    inner = "\n".join(line for line in lines if "ssl_certificate" not in line and "#" not in line)
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {inner} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [str(nginx()), "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 == run.returncode, run.stderr
