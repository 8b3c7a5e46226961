"""A careless or hostile editor's file is a located problem, in bounded memory and time, and stops nothing else."""

import os
import shutil
import tracemalloc
from pathlib import Path

import pytest

from bot.loading.loader import load
from bot.yamlfiles.documents import MAX_BYTES
from bot.yamlfiles.problems import Problem
from tests.conftest import LIGHTHOUSE

GOOD = """\
topic: {en: Test}
intents:
  - id: watch
    title: {en: How long is the watch?}
    quotes: [In winter that is a very long watch.]
    phrases: {en: [how long is the watch]}
    not: {en: [who watches]}
"""

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def problems_of(folder: Path) -> list[Problem]:
    """The problems of the one bad file, beside a good one, which must not have any."""
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    loaded = load(LIGHTHOUSE / "lighthouse.txt", folder)
    assert loaded.bot is None
    assert not [each for each in loaded.problems if "good.yaml" in each.at.path]
    return [each for each in loaded.problems if each.level == "error"]


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (BOMB.encode(), 1, 4, "the anchor &a is not read"),
        (b"topic: " + b"[" * 100_000, 1, 19, "nested deeper than 12 levels"),
        (b"{" * 1_000_000, 1, 13, "nested deeper than 12 levels"),
        (b"topic:\n  en: a\x00b\n", 2, 8, "U+0000"),
        (b"topic:\n  en: a\x1b[31mb\n", 2, 8, "U+001B"),
        ("topic:\n  en: café\n".encode("latin-1"), 2, 10, "not UTF-8 text"),
        ("topic: {en: Test}\n".encode("utf-16"), 1, 1, "not UTF-8 text"),
        (b"topic: !!python/object/apply:os.system [true]\n", 1, 8, "the tag"),
        (b"<<: {topic: x}\n", 1, 1, "<<"),
        (b"\xff\xd8\xff\xe0 a picture", 1, 1, "not UTF-8 text"),
        (b"\xef\xbb\xbftopic:\n  en: caf\xe9\n", 2, 10, "not UTF-8 text"),
    ],
)
def test_a_hostile_text_is_a_located_problem(
    tmp_path: Path, content: bytes, line: int, column: int, message: str
) -> None:
    """One of the problems names the line, the column, and what is wrong."""
    (tmp_path / "bad.yaml").write_bytes(content)
    found = [(each.at.line, each.at.column) for each in problems_of(tmp_path) if message in each.message]
    assert (line, column) in found


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    """A hundred megabytes take no more memory than shows that they are too many."""
    with (tmp_path / "bad.yaml").open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    try:
        (found,) = problems_of(tmp_path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "larger than 4 MB" in found.message
    assert most < 12 * MAX_BYTES


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """Not even to see whether it is YAML: a problem must not print what lies elsewhere."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("token: 4242", encoding="utf-8")
    folder = tmp_path / "intents"
    folder.mkdir()
    (folder / "bad.yaml").symlink_to(secret)
    (found,) = problems_of(folder)
    assert "leads out of the folder" in found.message
    assert found.at.path.endswith("intents/bad.yaml")
    assert "4242" not in str(found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe would hang the start, a folder named like a file is a slip."""
    os.mkfifo(tmp_path / "bad.yaml")
    (tmp_path / "worse.yaml").mkdir()
    assert ["is no file; move it elsewhere"] * 2 == [each.message for each in problems_of(tmp_path)]


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    """A link to nowhere stands for it here: tests may run as root, who may read everything."""
    (tmp_path / "bad.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (found,) = problems_of(tmp_path)
    assert "cannot be read: No such file" in found.message


def test_a_link_that_leads_to_itself_says_so(tmp_path: Path) -> None:
    """Among topics and among phrases."""
    (tmp_path / "en").mkdir()
    for link in (tmp_path / "bad.yaml", tmp_path / "en" / "bad.yaml"):
        link.symlink_to(link.name)
    found = problems_of(tmp_path)
    assert {tmp_path / "bad.yaml", tmp_path / "en" / "bad.yaml"} == {Path(each.at.path) for each in found}
    assert all("cannot be read: Too many levels" in each.message for each in found)


@pytest.mark.parametrize("name", ["text.yaml", "text.ru.yaml", "text-names.yaml", "intents/calibration.yaml"])
def test_a_link_to_nowhere_is_no_missing_file(tmp_path: Path, name: str) -> None:
    """Without the file, which nobody has to write, the bot would start and say less than it should."""
    shutil.copytree(LIGHTHOUSE / "intents", tmp_path / "intents")
    shutil.copy(LIGHTHOUSE / "lighthouse.txt", tmp_path / "text.txt")
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).symlink_to("nowhere.yaml")
    loaded = load(tmp_path / "text.txt", tmp_path / "intents")
    found = [each for each in loaded.problems if each.rule == "unreadable"]
    assert [tmp_path / name] == [Path(each.at.path) for each in found]
