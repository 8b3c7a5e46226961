"""A proposed line can be pasted where it says, and changes nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.editor.review.placing import adds_only, insertion
from bot.editor.review.proposals import Case, line_under
from bot.loading.loader import load
from bot.yamlfiles.problems import Location
from tests.conftest import LIGHTHOUSE

WHALE = "what does a whale weigh"
SMALL = """# About the lamp
topic: {en: The lamp}
intents:
  - id: dusk
    title: {en: When is the lamp lit?}
    quotes: [The lamp is lit at dusk ✨ and put out at dawn]
    phrases:
      en:
        - at what hour is the lamp lit  # typed by many
        # in other words
      ru: [когда зажигают лампу]
    not: {en: [who lit the lamp in 1950]}
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("file", "text", "negative", "name", "pasted"),
    [
        ("", 'lamp: "how much"? # really', False, "dusk.yaml", '        - "lamp: \\"how much\\"? # really"'),
        ("", "cколько стоит нам лампу", False, "ru/dusk.yaml", "    - cколько стоит нам лампу"),
        ("", "- who\n lit it", True, "en/dusk.yaml", '    - "- who lit it"'),
        ("dusk:\n  not:\n  - who lit it # ?\n", "who pays", True, "en/dusk.yaml", "  - who pays"),
        ("dusk:\n  not:\n  - who lit it\n\n# end\n", "5 lamps?", False, "dusk.yaml", '        - "5 lamps?"'),
        ("dusk:\n  phrases:\n    - lit # ?\n", "who pays", True, "en/dusk.yaml", "    - who pays"),
    ],
)
def test_what_is_proposed_can_be_pasted_where_it_says(  # noqa: PLR0913, PLR0917 - a table
    file: str, text: str, negative: bool, name: str, pasted: str, line_end: str, tmp_path: Path
) -> None:
    """Without an error, whatever was asked; all that stood there before still stands there, comments as well."""
    folder = tmp_path / "intents"
    (folder / "en").mkdir(parents=True)
    (folder / "dusk.yaml").write_text(SMALL, encoding="utf-8", newline=line_end)
    if file:
        (folder / "en" / "dusk.yaml").write_text(file, encoding="utf-8", newline=line_end)
    before = load(LIGHTHOUSE / "lighthouse.txt", folder)
    assert before.bot is not None, before.problems
    intent = before.bot.corpus.intents.get("dusk")
    assert intent is not None
    line = line_under(Case((text,), ()), intent, before.bot, negative=negative)
    where = insertion(line)
    assert where is not None
    assert (str(folder / name), pasted) == (where.path, where.lines[-1])
    whole = Path(where.path).read_bytes().decode() if Path(where.path).exists() else ""
    after = where.text()
    assert adds_only(line, whole, after)
    assert set(whole.splitlines(keepends=True)) <= set(after.splitlines(keepends=True))
    Path(where.path).parent.mkdir(exist_ok=True)
    Path(where.path).write_bytes(after.encode())
    again = load(LIGHTHOUSE / "lighthouse.txt", folder)
    assert again.bot is not None, again.problems
    assert set(again.problems) <= set(before.problems)
    found = again.bot.corpus.intents.get("dusk")
    assert found is not None
    assert " ".join(text.split()) in [each.text for each in (found.negatives if negative else found.phrases)]


def test_a_line_is_not_put_where_more_would_change(keeper: Bot, tmp_path: Path) -> None:
    """A file of phrases between brackets, or one that is not valid, is left to a person."""
    intent = keeper.corpus.intents.get("fog")
    assert intent is not None
    at = Location(str(tmp_path / "lamp.yaml"), 1, 1)
    line = line_under(Case((WHALE,), ()), replace(intent, phrases=(), at=at), keeper)
    (tmp_path / "en").mkdir()
    for text in ("fog: {phrases: [fog]}", "fog: {not: [fog]}", "fog: [", "- fog"):
        (tmp_path / "en" / "lamp.yaml").write_text(text, encoding="utf-8")
        assert insertion(line) is None
    assert not adds_only(line, "fog: [fog]", "fog: [what does a whale weigh]")
