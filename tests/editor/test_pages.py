"""The pages are looked at in a real browser: no script complains, and the text is the source's."""

import re
from pathlib import Path

import pytest

from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import merge, read_intents
from bot.corpus.metadata import source_without_card
from bot.editor.coverage import coverage_page, measure
from bot.editor.evaluate.page import score_page
from bot.editor.evaluate.scorecard import evaluate
from bot.editor.questions import read_questions
from bot.loading.loader import Loaded
from bot.settings import HOME
from bot.yamlfiles.documents import parse_document
from tests.editor.browser import look_at, needs_browser, on_a_phone

pytestmark = pytest.mark.slow

EXERCISE = """
<script>
const marks = document.querySelectorAll('main [data-notes]');
const aside = document.getElementById('card');
const several = document.querySelector('[data-notes][data-n]');
const field = document.getElementById('words');
const questions = () => aside.querySelectorAll('li').length;
const away = () => document.querySelectorAll('main .away').length;
const find = text => { field.value = text; field.dispatchEvent(new Event('input')); };
const steps = [
  ['focus', () => { marks[0].focus(); return !aside.hidden && questions() > 0; }],
  ['blur', () => { marks[0].blur(); return aside.hidden; }],
  ['click', () => { marks[1].click(); return !aside.hidden; }],
  ['escape', () => { document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'})); return aside.hidden; }],
  ['several', () => { several.click(); return questions() === Number(several.dataset.n); }],
  ['away', () => { document.querySelector('h1').click(); return aside.hidden; }],
  ['find', () => { find('yandex'); return away() > 0 && away() < document.querySelectorAll('main li').length * 2; }],
  ['all', () => { find(''); return away() === 0; }],
  ['fits', () => document.documentElement.scrollWidth <= innerWidth],
];
console.log(steps.map(([name, step]) => step() ? name : 'NOT ' + name).join(' '));
</script>
"""
"""Does what a reader does, and says on the console what came of it."""
DONE = "focus blur click escape several away find all fits"

HOSTILE = 'He said <script>alert("1")</script> & "two".\r\n\r\nA second </p></main> \u202epassage\u00a0here.'
HOSTILE_INTENTS = """
topic: {en: T}
intents:
  - id: a
    title: {en: "<img src=x onerror=alert(1)> & why?", fa: "چرا؟ <b>"}
    quotes: ["He said <script>alert(\\"1\\")</script>"]
    phrases: {en: [aa]}
"""


@pytest.fixture
def page(corpus: Corpus, tmp_path: Path) -> Path:
    """The coverage page of our interview, with somebody who reads it."""
    path = tmp_path / "coverage.html"
    html = coverage_page(measure(corpus)).replace("</body>", f"{EXERCISE}</body>")
    path.write_text(html, encoding="utf-8")
    return path


@needs_browser
def test_the_coverage_page_shows_the_source_and_works(page: Path, corpus: Corpus, tmp_path: Path) -> None:
    """Every character, in order; no script complains, and what a reader does has its effect."""
    seen = look_at(page, tmp_path)
    assert (DONE,) == seen.console
    assert corpus.source.text == seen.text_of("data-source")


@needs_browser
def test_the_coverage_page_works_on_a_phone_in_the_dark(page: Path, tmp_path: Path) -> None:
    """Nothing is wider than 360 points."""
    assert (DONE,) == look_at(on_a_phone(page), tmp_path, "--force-dark-mode").console


@needs_browser
def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """A text with tags, marks of direction and carriage returns is shown, not obeyed."""
    node, _ = parse_document(HOSTILE_INTENTS, "t.yaml")
    assert node is not None
    corpus, problems = resolve(source_without_card(HOSTILE, "t.txt"), merge([read_intents("t", node)[0]])[0])
    assert () == problems
    page = tmp_path / "coverage.html"
    page.write_text(coverage_page(measure(corpus)), encoding="utf-8", newline="")
    seen = look_at(page, tmp_path)
    assert () == seen.console
    assert HOSTILE == seen.text_of("data-source")
    assert "<img" not in seen.document


@needs_browser
def test_the_score_page_is_shown_and_no_script_complains(loaded: Loaded, tmp_path: Path) -> None:
    """It has none of its own; and on a phone nothing is wider than the screen."""
    lines = (HOME / "tests" / "questions.jsonl").read_text(encoding="utf-8").splitlines()[:40]
    questions, problems = read_questions(lines, "questions.jsonl")
    assert () == problems
    assert loaded.bot is not None
    assert loaded.bot is not None
    card = evaluate(list(questions), loaded.bot, loaded.bot.corpus)
    page = tmp_path / "score.html"
    page.write_text(score_page(card, loaded.bot.corpus), encoding="utf-8")
    seen = look_at(page, tmp_path)
    assert () == seen.console
    assert "<h1>40 questions</h1>" in seen.document
    width = "<script>console.log(document.documentElement.scrollWidth <= innerWidth)</script></html>"
    page.write_text(score_page(card, loaded.bot.corpus).replace("</html>", width), encoding="utf-8")
    assert ("true",) == look_at(on_a_phone(page), tmp_path).console


@needs_browser
def test_a_script_that_fails_is_noticed(tmp_path: Path) -> None:
    """Or the tests above would prove nothing."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><p data-source>a</p><script>missing()</script>", encoding="utf-8")
    seen = look_at(page, tmp_path)
    assert 1 == len(seen.console)
    assert "missing is not defined" in seen.console[0]


def test_no_page_asks_for_anything_from_elsewhere(corpus: Corpus) -> None:
    """No address in an attribute that would be fetched, no import, no font."""
    page = coverage_page(measure(corpus))
    assert [] == re.findall(r"(?:src|href)=(?!['\"]?#)[^\s>]*|@import|url\(|fetch\(", page)
