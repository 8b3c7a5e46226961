"""The pages in a real browser: no script fails, and every character of the source is shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import resolve
from bot.corpus.metadata import source_without_card
from bot.editor.coverage.measure import measure
from bot.editor.coverage.report import coverage_page
from bot.editor.evaluate.report import score_page
from bot.editor.evaluate.scorecard import evaluate
from bot.editor.questions import Question
from tests.editor.browser import BROWSER, MISSING, Browser
from tests.matching.small import intents_of

pytestmark = pytest.mark.slow

EXERCISE = """(() => {
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
  ['find', () => { find('storm'); return away() > 0 && away() < document.querySelectorAll('main li').length * 2; }],
  ['all', () => { find(''); return away() === 0; }],
  ['fits', () => document.documentElement.scrollWidth <= innerWidth],
];
return steps.map(([name, step]) => step() ? name : 'NOT ' + name).join(' ');
})()"""
"""Does what a reader does, and returns what came of it."""
DONE = "focus blur click escape several away find all fits"
FITS = """(() => {
const edge = cell => Math.round(cell.getBoundingClientRect().right);
const shown = [...document.querySelectorAll('td, th')].filter(cell => cell.offsetParent);
const rows = [...document.querySelectorAll('.kinds tr')].map(row => [...row.cells].filter(cell => cell.offsetParent));
const heads = rows.shift().map(edge);
const under = rows.every(row => heads.every((head, place) => head === edge(row[place])));
const fits = document.documentElement.scrollWidth <= innerWidth;
return [fits, shown.every(cell => edge(cell) <= innerWidth), under].join();
})()"""
"""Whether the page and every number in it fit; and whether the numbers stand below their heads, if these are shown."""

HOSTILE = 'He said <script>alert("1")</script> & "two".\r\n\r\nA second </p></main> \u202epassage\u00a0here.'
HOSTILE_INTENTS = """
topic: {en: T}
intents:
  - id: a
    title: {en: "<img src=x onerror=alert(1)> & why?", fa: "چرا؟ <b>"}
    quotes: ["He said <script>alert(\\"1\\")</script>"]
    phrases: {en: [aa]}
"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One process for all pages."""
    if BROWSER is None:
        pytest.skip(MISSING)
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


def written(folder: Path, html: str) -> Path:
    """The page as a file."""
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8", newline="")
    return page


@pytest.mark.parametrize(("on_a_phone", "dark"), [(False, False), (True, True)])
def test_the_coverage_page_shows_the_source_and_works(
    on_a_phone: bool, dark: bool, browser: Browser, keeper: Bot, tmp_path: Path
) -> None:
    """Every character in order; nothing is wider than a phone; and what a reader does has its effect."""
    page = written(tmp_path, coverage_page(measure(keeper.corpus)))
    seen = browser.look_at(page, EXERCISE, on_a_phone=on_a_phone, dark=dark)
    assert () == seen.console
    assert DONE == seen.answer
    assert keeper.corpus.source.text == seen.text_of("data-source")


def test_hostile_texts_stay_texts(browser: Browser, tmp_path: Path) -> None:
    """Tags, marks of direction and carriage returns in a text are shown as characters."""
    corpus, problems = resolve(source_without_card(HOSTILE, "t.txt"), intents_of(HOSTILE_INTENTS))
    assert () == problems
    seen = browser.look_at(written(tmp_path, coverage_page(measure(corpus))))
    assert () == seen.console
    assert HOSTILE == seen.text_of("data-source")
    assert "<img" not in seen.document


@pytest.mark.parametrize("on_a_phone", [False, True])
def test_the_score_page_is_shown(on_a_phone: bool, browser: Browser, keeper: Bot, tmp_path: Path) -> None:
    """Without a script of its own; nothing is wider than a phone."""
    asked = [
        Question("1", "when is the lamp lit", "en", "direct", ("The lamp is lit at dusk",)),
        Question("2", "what is <b>dearer</b> than a storm", "en", "direct", ("Fog is worse than any storm",)),
        Question("3", "who is the mayor", "en", "unanswerable", ()),
    ]
    card = evaluate(asked, keeper)
    seen = browser.look_at(
        written(tmp_path, score_page(card, keeper.corpus)), FITS, on_a_phone=on_a_phone, dark=on_a_phone
    )
    assert ((), "true,true,true") == (seen.console, seen.answer)
    assert "<h1>3 questions</h1>" in seen.document
    assert "<script" not in seen.document


def test_a_script_that_fails_is_noticed(browser: Browser, tmp_path: Path) -> None:
    """Without this the tests above would prove nothing."""
    seen = browser.look_at(written(tmp_path, "<!doctype html><p data-source>a</p><script>missing()</script>"))
    assert 1 == len(seen.console)
    assert "missing is not defined" in seen.console[0]


def test_a_request_to_elsewhere_is_noticed(browser: Browser, tmp_path: Path) -> None:
    """It fails, and the console says so."""
    seen = browser.look_at(written(tmp_path, "<!doctype html><img src='http://elsewhere.invalid/a.png'>"))
    assert ["Failed to load resource: net::ERR_NAME_NOT_RESOLVED"] == list(seen.console)
