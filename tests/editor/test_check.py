"""Each rule finds what docs/check-rules.md says, and every rule stands there."""

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from bot.conversation.bot import Bot
from bot.conversation.wording import compare_wordings, read_wording
from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intent_files import merge, read_intents
from bot.corpus.intents import IntentSet
from bot.corpus.metadata import read_source, source_without_card
from bot.corpus.translations import Translations, read_translations
from bot.editor.check import RULES, check, long_title, missing_title
from bot.editor.language_rules import incomplete_language, misspelt_language, wrong_script
from bot.editor.questions import read_questions
from bot.loading.loader import load_corpus
from bot.loading.unread_files import unread_files
from bot.matching import Lexicon, Matcher
from bot.matching.lexicon import NameTable
from bot.settings import HOME
from bot.text.languages import Localized
from bot.yamlfiles.documents import Node, parse_document
from bot.yamlfiles.problems import Problem
from tests.conftest import LIGHTHOUSE

TEXT = "It left.\n\nIt does not come back.\n"
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


@dataclass(frozen=True)
class Section:
    """A rule on the page, with its example that passes and its example that fails."""

    rule: str
    passes: str
    fails: str


PAGE = (HOME / "docs" / "check-rules.md").read_text(encoding="utf-8")
SECTIONS = {
    rule: Section(rule, passes, fails)
    for rule, passes, fails in re.findall(
        r"^### (\S+)\n\n.+?\n\nPasses:\n\n```\w+\n(.+?)```\n\nFails:\n\n```\w+\n(.+?)```\n",
        PAGE,
        re.M | re.S,
    )
}
CONTENT = {rule.__name__.replace("_", "-"): rule for rule in RULES}
OF_FILES = {"unread-file", "unreadable"}
OF_THE_CARD = {"altered-source", "broken-partition"}
OF_TRANSLATIONS = {"missing-translation", "wrong-number", "wrong-name"}
OTHERS = {"overlapping-translations", "wrong-placeholder", "not-a-question", "stale-calibration"}
"""The last one is tried with the other tests of the calibration: its example is a checksum of intents."""
OF_INTENTS = sorted(SECTIONS.keys() - CONTENT.keys() - OF_FILES - OF_THE_CARD - OTHERS)


def node_of(text: str) -> Node:
    node, problems = parse_document(text, "a.yaml")
    assert node is not None, problems
    return node


def read(intents: str) -> tuple[Corpus, tuple[Problem, ...]]:
    """A corpus of these intents, and what is wrong in their form."""
    node, problems = parse_document("topic: {en: T}\nintents:\n" + textwrap.indent(intents, "  "), "a.yaml")
    found, unfit = read_intents("a", node) if node else ((), ())
    merged, conflicts = merge([found])
    corpus, unproved = resolve(source_without_card(TEXT, "text.txt"), merged)
    return corpus, (*problems, *unfit, *conflicts, *unproved)


def with_corpus(bot: Bot, corpus: Corpus) -> Bot:
    """The bot as it would be with these intents, right or not."""
    return replace(bot, corpus=corpus, matcher=bot.matcher.with_intents(corpus.intents))


def rules_in_the_code() -> Iterator[str]:
    """The second argument of every `Problem(...)` in the program, and the names of the rules about the content."""
    yield from CONTENT
    for path in set((HOME / "bot").rglob("*.py")) - {HOME / "bot" / "editor" / "check.py"}:
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "Problem":
                rule = each.args[1]
                assert isinstance(rule, ast.Constant), f"{path}:{each.lineno}: a rule is a plain text"
                yield str(rule.value)


def test_every_rule_stands_on_the_page() -> None:
    """And no other; a heading without both examples counts as missing."""
    assert set(rules_in_the_code()) == SECTIONS.keys()
    assert re.findall(r"^### (\S+)$", PAGE, re.M) == list(SECTIONS)


@pytest.mark.parametrize("rule", sorted(OF_TRANSLATIONS))
def test_a_rule_about_translations_finds_what_the_page_says(rule: str, keeper: Bot) -> None:
    """With a file of names that has Yandex in both languages."""
    corpus, _ = read("[]")
    lexicon = Lexicon(names=NameTable([["yandex", "яндекс"]]))
    bot = replace(keeper, matcher=Matcher(corpus.intents, lexicon, keeper.calibration))

    def found(example: str) -> list[Problem]:
        parts, invalid = read_translations(node_of(example), corpus.source)
        assert () == invalid
        translated = replace(corpus, translations=Translations({"ru": parts}))
        return list(check(replace(bot, corpus=translated), [CONTENT[rule]]))

    assert [] == found(SECTIONS[rule].passes)
    assert [(rule, "warning")] == [(each.rule, each.level) for each in found(SECTIONS[rule].fails)]


def test_the_example_of_an_overlap_is_found() -> None:
    """When a file of translations is read."""

    def found(example: str) -> list[str]:
        source = source_without_card(TEXT, "text.txt")
        return [problem.rule for problem in read_translations(node_of(example), source)[1]]

    assert ["overlapping-translations"] == found(SECTIONS["overlapping-translations"].fails)
    assert [] == found(SECTIONS["overlapping-translations"].passes)


@pytest.mark.parametrize("rule", sorted(CONTENT.keys() - OF_TRANSLATIONS))
def test_a_rule_about_the_content_finds_what_the_page_says(rule: str, keeper: Bot) -> None:
    """The failing example gives only warnings of that rule, the passing one none."""

    def found(intents: str) -> list[Problem]:
        corpus, _ = read(intents)
        return list(check(with_corpus(keeper, corpus), [CONTENT[rule]]))

    assert [] == found(SECTIONS[rule].passes)
    assert {(rule, "warning")} == {(each.rule, each.level) for each in found(SECTIONS[rule].fails)}


@pytest.mark.parametrize("rule", OF_INTENTS)
def test_an_example_of_form_is_found(rule: str) -> None:
    """When the intents are read. What an example leaves out may be missing, too."""
    assert rule in {problem.rule for problem in read(SECTIONS[rule].fails)[1]}
    assert rule not in {problem.rule for problem in read(SECTIONS[rule].passes)[1]}


@pytest.mark.parametrize("rule", sorted(OF_THE_CARD))
def test_an_example_of_a_card_is_found(rule: str) -> None:
    """When it is put into a card that is otherwise right."""

    def found(example: str) -> set[str]:
        card = yaml.safe_dump({**yaml.safe_load(CARD), **yaml.safe_load(example)})
        return {problem.rule for problem in read_source(TEXT, "text.txt", node_of(card))[1]}

    assert {rule} == found(SECTIONS[rule].fails)
    assert set() == found(SECTIONS[rule].passes)


@pytest.mark.parametrize("rule", sorted(OF_FILES))
def test_an_example_of_a_file_is_found(rule: str, tmp_path: Path) -> None:
    """The example is the path of a file, or of a link and what it leads to."""

    def found(example: str, folder: Path) -> set[str]:
        path, _, target = example.strip("# \n").partition(" -> ")
        (folder / path).parent.mkdir(parents=True)
        if target:
            (folder / path).symlink_to(target)
        else:
            (folder / path).touch()
        source, intents = LIGHTHOUSE / "lighthouse.txt", folder / "intents"
        problems = (*load_corpus(source, intents)[1], *unread_files(source, intents))
        return {problem.rule for problem in problems}

    assert rule in found(SECTIONS[rule].fails, tmp_path / "fails")
    assert rule not in found(SECTIONS[rule].passes, tmp_path / "passes")


def test_the_example_of_a_placeholder_is_found() -> None:
    """Against an English line with the placeholder of the passing example."""

    def found(example: str) -> set[str]:
        files = [("en", "section: 'Section: {section}'"), ("ru", example)]
        nodes = [(language, node_of(text)) for language, text in files]
        problems = compare_wordings((read_wording(language, node)[0], node) for language, node in nodes)
        return {problem.rule for problem in problems}

    assert {"wrong-placeholder"} == found(SECTIONS["wrong-placeholder"].fails)
    assert set() == found(SECTIONS["wrong-placeholder"].passes)


def test_the_example_of_a_question_is_found() -> None:
    """A line of a file of questions."""
    section = SECTIONS["not-a-question"]
    assert ["not-a-question"] == [
        problem.rule for problem in read_questions(section.fails.splitlines(), "q.jsonl")[1]
    ]
    assert () == read_questions(section.passes.splitlines(), "q.jsonl")[1]


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
def test_only_letters_of_one_word_are_mixed(phrase: str, mixed: list[str], keeper: Bot) -> None:
    """A hyphen, a digit and a punctuation mark end a word."""
    corpus, _ = read(f'- id: a\n  title: {{en: T}}\n  quotes: [It left.]\n  phrases: {{en: ["{phrase}"]}}\n')
    found = list(wrong_script(with_corpus(keeper, corpus)))
    assert mixed == [message.split('"')[1] for _, message in found]


def test_a_phrase_in_the_letters_of_another_language_is_in_the_wrong_place(keeper: Bot) -> None:
    """A name in Latin letters may stand in any."""
    phrases = "{en: [why left, когда], ru: [когда ушёл, yandex]}"
    text = f"- id: a\n  title: {{en: T}}\n  quotes: [It left.]\n  phrases: {phrases}\n"
    corpus, _ = read(text)
    (found,) = wrong_script(with_corpus(keeper, corpus))
    assert '"когда" is not in the letters of "en"; move it to its language' == found[1]


def test_an_overview_needs_a_title_in_each_language(keeper: Bot) -> None:
    """As an answer does: both are shown with their titles."""
    corpus, _ = read(
        "- id: a\n  title: {en: Why?, ru: Почему?}\n  quotes: [It left.]\n  phrases: {en: [why], ru: [почему]}\n"
        "- id: b\n  kind: overview\n  title: {en: All}\n  answers: [a]\n  phrases: {en: [all]}\n"
    )
    (found,) = missing_title(with_corpus(keeper, corpus))
    assert 'intent "b" has no title in "ru"; add it under "title:"' == found[1]


def test_a_misspelt_language_is_one_problem(keeper: Bot) -> None:
    """Nothing else is asked for in it; a language that is new is none."""
    text = "- id: a\n  title: {{{0}: Why did it leave before the others came}}\n  quotes: [It left.]\n"
    phrases = "  not: {{en: [who]}}\n  phrases: {{en: [why, why left, why so, why then, why gone], {0}: [por qué]}}\n"
    rules = [misspelt_language, missing_title, long_title, incomplete_language]
    for language in ("eng", "es"):
        corpus, _ = read((text + phrases).format(language))
        found = {each.rule for each in check(with_corpus(keeper, corpus), rules)}
        assert (language == "eng") == (found == {"misspelt-language"})
        assert (language == "es") == ("incomplete-language" in found)


def test_a_misspelt_language_of_a_topic_and_of_the_card_is_named(keeper: Bot) -> None:
    """Nobody would ever see these texts."""
    corpus, _ = read("- id: a\n  title: {en: Why?}\n  quotes: [It left.]\n  phrases: {en: [why]}\n")
    (intent,) = corpus.intents.intents
    topic = replace(intent.topic, title=Localized((("en", "T"), ("eng", "T"))))
    metadata = replace(
        keeper.corpus.source.metadata, title=Localized((("en", "T"), ("rus", "Т"), ("ru", "Т")))
    )
    source = replace(corpus.source, metadata=metadata)
    corpus = replace(corpus, source=source, intents=IntentSet((replace(intent, topic=topic),)))
    assert ['"topic:" has "eng"; did you mean "en"?', 'title is in "rus"; did you mean "ru"?'] == [
        message for _, message in misspelt_language(with_corpus(keeper, corpus))
    ]


def test_no_intents_are_no_failure(keeper: Bot) -> None:
    """Every passage is unreachable then, and nothing else is wrong."""
    nothing = IntentSet(())
    corpus, _ = resolve(source_without_card(TEXT, "text.txt"), nothing)
    found = check(with_corpus(keeper, corpus))
    assert [("unreachable-passage", "text.txt:1:1"), ("unreachable-passage", "text.txt:3:1")] == [
        (each.rule, str(each.at)) for each in found
    ]
