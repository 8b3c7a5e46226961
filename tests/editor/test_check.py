"""Each rule finds what its page says, and nothing in our own intents."""

import json
import re
import textwrap
from pathlib import Path

import pytest
import yaml

from bot.__main__ import main
from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import IntentSet, merge, read_intents
from bot.corpus.metadata import read_source, source_without_card
from bot.editor.check import RULES, Rule, Subject, check, described, rules_page
from bot.editor.check.content import wrong_script
from bot.loading.unread_files import unread_files
from bot.matching import Matcher
from bot.settings import HOME
from bot.yamlfiles.documents import parse_document
from bot.yamlfiles.problems import Problem
from tests.conftest import LIGHTHOUSE

TEXT = "It left.\n\nIt does not come back.\n"
FORM, CONTENT = described()
TEXTS = {text.name: text for text in (*FORM, *CONTENT)}
OF_INTENTS = [text.name for text in FORM if not text.fails.startswith("#")]
OF_THE_CARD = ["altered-source", "broken-partition"]
CARD = """
title: {en: T}
outlet: {en: O}
language: en
sha256: a2fabbce92bdf6388af421dcef49c246337074bbe36f60a825615397d62b79cb
speakers: [{id: keeper, name: {en: K}, words: direct}]
segments:
  - {section: all, title: {en: All}}
  - {passage: leaving, speaker: keeper, text: It left.}
  - {passage: return, speaker: keeper, text: It does not come back.}
"""


def read(intents: str) -> tuple[Corpus, tuple[Problem, ...]]:
    """A corpus of these intents, and what is wrong in their form."""
    node, problems = parse_document("topic: {en: T}\nintents:\n" + textwrap.indent(intents, "  "), "a.yaml")
    found, unfit = read_intents("a", node) if node else ((), ())
    merged, conflicts = merge([found])
    corpus, unproved = resolve(source_without_card(TEXT, "text.txt"), merged)
    return corpus, (*problems, *unfit, *conflicts, *unproved)


def name(rule: Rule) -> str:
    """As its problems are named."""
    return rule.__name__.replace("_", "-")


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_finds_what_it_says(rule: Rule, matcher: Matcher) -> None:
    """Its failing example gives warnings of its name, its passing one none."""

    def found(intents: str) -> list[Problem]:
        corpus, _ = read(intents)
        return list(rule(Subject(corpus, matcher.of(corpus.intents))))

    text = TEXTS[name(rule)]
    assert [] == found(text.passes)
    assert {(name(rule), "warning")} == {(each.rule, each.level) for each in found(text.fails)}


@pytest.mark.parametrize(
    ("phrase", "mixed"),
    [
        ("пoчему ушёл", ["пoчему"]),  # a Latin o
        ("چرا yandeکس رفت", ["yandeکس"]),
        ("b2b-то зачем", []),
        ("چیه b2b؟", []),
        ("мой <b>привет</b>", []),
        ("почему ушёл yandex, а не google", []),
        ("naïve café", []),
    ],
)
def test_only_letters_of_one_word_are_mixed(phrase: str, mixed: list[str], matcher: Matcher) -> None:
    """A hyphen, a digit and a punctuation mark end a word."""
    corpus, _ = read(f'- id: a\n  title: {{en: T}}\n  quotes: [It left.]\n  phrases: {{en: ["{phrase}"]}}\n')
    found = list(wrong_script(Subject(corpus, matcher.of(corpus.intents))))
    assert mixed == [problem.message.split('"')[1] for problem in found]


@pytest.mark.parametrize("rule", OF_INTENTS)
def test_an_example_of_form_is_found(rule: str) -> None:
    """While the intents are read. What the example leaves out may be missing, too."""
    assert rule in {problem.rule for problem in read(TEXTS[rule].fails)[1]}
    assert rule not in {problem.rule for problem in read(TEXTS[rule].passes)[1]}


@pytest.mark.parametrize("rule", OF_THE_CARD)
def test_an_example_of_a_card_is_found(rule: str) -> None:
    """Put into a card that is otherwise right."""

    def found(example: str) -> set[str]:
        card = yaml.safe_dump({**yaml.safe_load(CARD), **yaml.safe_load(example)})
        node, problems = parse_document(card, "card.yaml")
        assert node, problems
        return {problem.rule for problem in read_source(TEXT, "text.txt", node)[1]}

    assert {rule} == found(TEXTS[rule].fails)
    assert set() == found(TEXTS[rule].passes)


def test_every_rule_is_on_the_page() -> None:
    """Of all names that problems are given anywhere; and the page that is kept is the one that is printed."""
    code = "".join(path.read_text(encoding="utf-8") for path in (HOME / "bot").rglob("*.py"))
    given = set(re.findall(r'Problem\([^"]*?, "([a-z-]+)", ', code)) - {"not-a-question"}
    assert len(given) > 20
    assert given <= TEXTS.keys()
    assert rules_page() == (HOME / "docs" / "check-rules.md").read_text(encoding="utf-8")


def test_our_own_intents_keep_all_rules(corpus: Corpus, matcher: Matcher) -> None:
    """So that `check --strict` can guard them."""
    assert () == check(Subject(corpus, matcher))


@pytest.mark.parametrize(("language", "phrases", "misses"), [("en", 30, 12), ("ru", 15, 4), ("fa", 15, 4)])
def test_each_of_our_answers_has_many_phrases(
    corpus: Corpus, language: str, phrases: int, misses: int
) -> None:
    """Below that a question in other words too often finds nothing, and too little says what is not answered."""
    poor = [
        intent.id
        for intent in corpus.intents.answers()
        if sum(each.language == language for each in intent.phrases) < phrases
        or sum(each.language == language for each in intent.negatives) < misses
    ]
    assert [] == poor


def test_no_intents_are_no_failure(matcher: Matcher) -> None:
    """Every passage is unreachable then, and nothing else is wrong."""
    nothing = IntentSet(())
    corpus, _ = resolve(source_without_card(TEXT, "text.txt"), nothing)
    assert ["unreachable-passage"] * 2 == [each.rule for each in check(Subject(corpus, matcher.of(nothing)))]


def test_files_that_nobody_reads_are_named(tmp_path: Path) -> None:
    """With what to do about them; what an editor's program puts there for a moment is left alone."""
    intents, seeds = tmp_path / "intents", tmp_path / "seeds"
    for path in (
        *(
            intents / each
            for each in ("a.yaml", "b.yml", "c.YAML", "d.txt", "README.md", ".e.yaml.swp", "a.yaml~")
        ),
        intents / "old" / "f.yaml",
        *(seeds / each for each in ("text.txt", "text.yaml", "text-names.yaml", "other.yaml")),
    ):
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = unread_files(seeds / "text.txt", intents)
    assert {("unread-file", "warning")} == {(each.rule, each.level) for each in found}
    advice = {Path(each.at.path).name: each.message for each in found}
    assert {"b.yml", "c.YAML", "d.txt", "f.yaml", "other.yaml"} == advice.keys()
    assert "rename it to b.yaml" in advice["b.yml"]
    assert () == unread_files(tmp_path / "no" / "text.txt", tmp_path / "none")


def test_check_names_orphans_and_prints_the_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command puts the packages together."""
    (tmp_path / "more.yml").touch()
    main(["check", "--intents", str(tmp_path)])
    assert "unread-file" in capsys.readouterr().out
    assert 0 == main(["check", "--rules"])
    assert rules_page() == capsys.readouterr().out


def test_problems_can_be_printed_for_programs(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, and as GitHub shows them beside the line."""
    folder = LIGHTHOUSE / "intents"
    source = LIGHTHOUSE / "lighthouse.txt"
    options = ["--intents", str(folder), "--source", str(source)]
    assert 0 == main(["check", *options, "--format", "json"])
    rules = {each["rule"] for each in json.loads(capsys.readouterr().out)}
    assert {"too-few-phrases", "no-negative-example"} <= rules
    assert 1 == main(["check", "--strict", *options, "--format", "github"])
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r"::warning file=.+,line=\d+,col=\d+,title=[a-z-]+::.", line) for line in lines)
