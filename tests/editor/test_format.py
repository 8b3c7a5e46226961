"""`format` moves phrases into files of their own: nothing is lost, sorted or reworded, and twice is as once."""

import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, PROBLEMS
from bot.editor.format import format_topic
from bot.loading.loader import load
from bot.matching.calibration_file import intents_checksum
from tests.conftest import LIGHTHOUSE

HEAD = """\
# yaml-language-server: $schema=../schemas/intents.schema.json
topic: {en: The lamp} # where the light is
intents:
  # the first of them
  - id: lamp
    title: {en: When is it lit?}
    quotes:
      - The lamp is lit at dusk. # verbatim
"""
OLD = f"""\
{HEAD}    # how people ask
    phrases: # of lamps
      en:
        # short ones
        - zebra
        - "lit: when"   # a colon
        - a long phrase
          in two lines

      # Russian comes next
      ru:
      - когда зажигают
        # the last one
    not:
      en: [how hot, "why: hot"]
    see_also: [fog]

  # and the second
  - id: fog
    title: {{en: Fog?}}
    quotes: [Fog is worse.]
    phrases:
      en:
        - fog
"""
TOPIC = f"""\
{HEAD}    see_also: [fog]

  # and the second
  - id: fog
    title: {{en: Fog?}}
    quotes: [Fog is worse.]
"""
ENGLISH = """\
# yaml-language-server: $schema=../../schemas/phrases.schema.json

lamp:
  phrases:
    # how people ask
    # of lamps
    # short ones
    - zebra
    - "lit: when"   # a colon
    - a long phrase
      in two lines
  not:
    - how hot
    - "why: hot"

fog:
  phrases:
    - fog
"""
RUSSIAN = """\
# yaml-language-server: $schema=../../schemas/phrases.schema.json

lamp:
  phrases:
    # Russian comes next
    - когда зажигают
      # the last one
"""


def test_phrases_are_moved_with_their_comments_and_in_their_order() -> None:
    """Every other line stays as it is, and what was moved is not moved again."""
    moved = format_topic("lamp", OLD, {})
    assert (TOPIC, {"en": ENGLISH, "ru": RUSSIAN}, ()) == (moved.topic, moved.phrases, moved.kept)
    assert moved == format_topic("lamp", moved.topic, moved.phrases)


def test_phrases_join_those_that_were_moved_before() -> None:
    """At the end of their list, of their intent, or of the file; nothing there is touched."""
    there = (
        "lamp: # ours\n  phrases:\n    - old one # mine\n\n# the end\nfog:\n  not:\n    - fog on which day\n"
    )
    new = OLD.replace("- id: fog", "- id: mist").replace("[fog]", "[mist]")
    new += "  - {id: fog, title: {en: F}, quotes: [Fog.], phrases: {}}\n"
    moved = format_topic("lamp", new, {"en": there})
    lamp = ENGLISH.partition("  phrases:\n")[2].partition("\nfog:")[0]
    assert (
        there.replace("# mine\n", f"# mine\n{lamp}") + "\nmist:\n  phrases:\n    - fog\n"
        == moved.phrases["en"]
    )


def test_what_cannot_be_cut_out_stays_and_is_named() -> None:
    """An intent between brackets, and a comment inside brackets, which would be lost."""
    brackets = "topic: {en: T}\nintents:\n  - {id: a, title: {en: A}, quotes: [x], phrases: {en: [one]}}\n"
    comment = (
        "  - id: b\n    title: {en: B}\n    quotes: [y]\n    phrases: {en: [two, # really\n      three]}\n"
    )
    kept = format_topic("t", brackets + comment, {})
    assert brackets + comment == kept.topic
    assert {} == kept.phrases
    assert [
        "t.yaml:3:5: a is written between brackets; its phrases stay",
        "t.yaml:7:5: phrases of b stay; write each phrase in a line of its own",
    ] == list(kept.kept)


def test_line_ends_of_windows_are_kept() -> None:
    moved = format_topic("lamp", OLD.replace("\n", "\r\n"), {})
    assert TOPIC.replace("\n", "\r\n") == moved.topic


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIGHTHOUSE / "intents", tmp_path / "intents"))


def test_the_command_says_what_it_would_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The files and their lines; it writes only when told to, and the bot is the same afterwards."""
    source = LIGHTHOUSE / "lighthouse.txt"
    (folder / "lamp.yaml").write_text(OLD, encoding="utf-8")
    for name in ("stairs.yaml", "talk.yaml"):
        (folder / name).unlink()
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    assert CLEAN == main(["format", "--intents", str(folder)])
    printed = capsys.readouterr().out.splitlines()
    assert [
        f"{folder}/en/lamp.yaml: new, 18 lines",
        f"{folder}/ru/lamp.yaml: new, 7 lines",
        f"{folder}/lamp.yaml: 32 lines become 14",
        "Nothing was written; add --write to do so.",
    ] == printed
    assert before == {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    assert CLEAN == main(["format", "--intents", str(folder), "--write"])
    assert [ENGLISH, RUSSIAN, TOPIC] == [
        (folder / name).read_text(encoding="utf-8") for name in ("en/lamp.yaml", "ru/lamp.yaml", "lamp.yaml")
    ]
    capsys.readouterr()
    assert CLEAN == main(["format", "--intents", str(folder), "--write"])
    assert "Nothing to change.\n" == capsys.readouterr().out
    assert load(source, folder).bot is None  # its quotations are not in the text


def test_a_file_that_is_not_valid_stops_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is written."""
    (folder / "a.yaml").write_text(OLD, encoding="utf-8")
    (folder / "b.yaml").write_text("topic: [", encoding="utf-8")
    assert PROBLEMS == main(["format", "--intents", str(folder), "--write"])
    assert "(yaml-syntax)" in capsys.readouterr().err
    assert OLD == (folder / "a.yaml").read_text(encoding="utf-8")


def test_the_bot_is_the_same_afterwards(folder: Path) -> None:
    """All intents, phrases and quotations."""
    source = LIGHTHOUSE / "lighthouse.txt"
    weather = "topic: {en: Weather}\nintents:\n  - id: rain\n    kind: out-of-scope\n    title: {en: Rain}\n"
    weather += "    phrases:\n      en:\n        - does it rain\n        - rain of january\n"
    (folder / "weather.yaml").write_text(weather, encoding="utf-8")
    before = load(source, folder).bot
    assert CLEAN == main(["format", "--intents", str(folder), "--write"])
    after = load(source, folder).bot
    assert (folder / "en" / "weather.yaml").exists()
    assert before is not None
    assert after is not None
    assert intents_checksum(before.corpus.intents) == intents_checksum(after.corpus.intents)
