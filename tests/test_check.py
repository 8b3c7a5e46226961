"""Each rule about the content finds what its docstring says, and nothing in our own intents."""

import inspect
import json
import re
import textwrap

import pytest

from bot.__main__ import main
from bot.check import RULES, Rule, check
from bot.corpus import Corpus, resolve
from bot.documents import parse_document
from bot.intents import IntentSet, merge, read_intents
from bot.passages import Source
from tests.test_broken_files import BROKEN


def example(rule: Rule, which: str) -> str:
    """The intents that a rule's docstring shows under "Passes:" or "Fails:"."""
    found = re.search(rf"^{which}:\n((?:    .*\n?)+)", inspect.getdoc(rule) or "", re.MULTILINE)
    assert found, f"{rule.__name__} shows nothing under {which}:"
    return textwrap.dedent(found.group(1))


def corpus_of(intents: str, source: Source) -> Corpus:
    """A corpus of these intents on the source; what they leave out is filled in."""
    node, problems = parse_document("topic: {en: T}\nintents:\n" + textwrap.indent(intents, "  "), "a.yaml")
    assert node is not None, problems
    found, _ = read_intents("a", node)
    merged, _ = merge([found])
    return resolve(source, merged)[0]


@pytest.fixture
def source() -> Source:
    """Two sentences, each a passage."""
    from bot.card import source_without_card  # noqa: PLC0415 - only here

    return source_without_card("It left.\n\nIt may come back.\n", "text.txt")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_finds_what_it_says(rule: Rule, source: Source) -> None:
    """Its failing example gives a warning of its name, its passing one none."""
    assert [] == list(rule(corpus_of(example(rule, "Passes"), source)))
    found = list(rule(corpus_of(example(rule, "Fails"), source)))
    assert {(rule.__name__.replace("_", "-"), "warning")} == {(each.rule, each.level) for each in found}


def test_our_own_intents_keep_all_rules(corpus: Corpus) -> None:
    """So that `check --strict` can guard them."""
    assert () == check(corpus)


def test_no_intents_are_no_failure(source: Source) -> None:
    """Every passage is unreachable then, and nothing else is wrong."""
    found = check(resolve(source, IntentSet(()))[0])
    assert ["unreachable-passage"] * 2 == [each.rule for each in found]


def test_problems_can_be_printed_for_programs(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, and as GitHub shows them beside the line."""
    folder = BROKEN.parent / "telegram" / "data" / "intents"
    source = folder.parent / "lighthouse.txt"
    options = ["--intents", str(folder), "--source", str(source)]
    assert 0 == main(["check", *options, "--format", "json"])
    rules = {each["rule"] for each in json.loads(capsys.readouterr().out)}
    assert {"too-few-phrases", "no-near-miss"} <= rules
    assert 1 == main(["check", "--strict", *options, "--format", "github"])
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r"::warning file=.+,line=\d+,col=\d+,title=[a-z-]+::.", line) for line in lines)
