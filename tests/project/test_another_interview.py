"""A promise of docs/editing.md: with another interview in place, and without tests/interview, all tests pass."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import HOME

GUIDE = (HOME / "docs" / "editing.md").read_text(encoding="utf-8")
OTHER, EXAMPLE = "quarry", "bees"
"""The interview that is put in place, and the one that the guide takes as its example."""
FAILURE = re.compile(r"^(?:FAILED|ERROR) .*$", re.MULTILINE)


def documented_steps() -> tuple[str, str]:
    """The command that makes an interview, and the lines that put it in place, as the guide has them."""
    section = GUIDE.partition("## Replace the interview by another one")[2].partition("\n## ")[0]
    make = re.search(rf"`python -m bot (new .* --into {EXAMPLE})`", section)
    put = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert make, "the guide has no command that makes an interview"
    assert put, "the guide does not say how an interview is put in place"
    return make[1].replace(EXAMPLE, OTHER), put[1].replace(EXAMPLE, OTHER)


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def copy_of_the_project(folder: Path) -> None:
    """What git has, and what it does not ignore."""
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], HOME)
    assert not listed.returncode, listed.stderr
    for name in listed.stdout.split("\0"):
        if (HOME / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(HOME / name, folder / name)


@pytest.mark.slow
@pytest.mark.skipif(not (HOME / ".git").exists(), reason="git says which files belong to the project")
def test_all_tests_but_those_of_our_interview_pass_with_another_one(tmp_path: Path) -> None:
    """Two people answer in it, who are named by initials, and visitors ask in English only. It stays as it was drafted,
    so that the check has warnings, but no errors. Takes a minute on two cores."""
    copy_of_the_project(tmp_path)
    shutil.rmtree(tmp_path / "tests" / "interview")
    make, put = documented_steps()
    for command in (
        [sys.executable, "-m", "bot", *shlex.split(make)],
        ["sh", "-e", "-c", put],
        [sys.executable, "-m", "bot", "check"],
    ):
        step = run(command, tmp_path)
        assert not step.returncode, step.stdout + step.stderr
    in_place, other = tmp_path / "seeds" / "interview.txt", tmp_path / "tests" / "data" / f"{OTHER}.txt"
    assert other.read_bytes() == in_place.read_bytes()
    suite = run([sys.executable, "-m", "pytest", "-n", "2", "-rfE", "-m", "not slow"], tmp_path)
    failed = FAILURE.findall(suite.stdout) or [suite.stdout[-3000:], suite.stderr]
    assert not suite.returncode, "\n".join(failed)
