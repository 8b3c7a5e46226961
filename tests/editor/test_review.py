"""From a question that was not answered to a line that an editor may write."""

import io
import json
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.cli import common
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE
from bot.editor.questions import read_questions
from bot.editor.review import Case, Proposal, group_cases, is_settled, propose, question_lines, review_text
from bot.loading.loader import load
from bot.matching import nearly_equal
from bot.storage.journal import NONE_TAKEN, Entry, Journal, Kind
from bot.yamlfiles.documents import Mapping, parse_document
from tests.conftest import LIGHTHOUSE
from tests.tables import Case as Table

pytestmark = pytest.mark.usefixtures("loaded_once")

WHALE, REFUSED = "what does a whale weigh", "how much does yandex pay"


def asked(*texts: str, kind: Kind = "fallback", shown: Sequence[str] = (), taken: str = "") -> list[Entry]:
    return [Entry(kind, text, tuple(shown), taken) for text in texts]


def proposed(bot: Bot, entries: Iterable[Entry]) -> tuple[Proposal, ...]:
    return tuple(propose([case for case in group_cases(entries) if not is_settled(case, bot)], bot))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["why did yandex leave", "Why did yadnex leave?"], ((0, 1),)),
        (["price yandex", "yandex price"], ((0, 1),)),
        (["why did it leave", "why did it come"], ((0,), (1,))),
        (["сколько стоит яндекс", "сколько стоит яндекс?"], ((0, 1),)),
        (["چرا یاندکس رفت", "چرا ياندكس رفت"], ((0, 1),)),
        (["?", "", "what"], ((0, 1), (2,))),
        ([], ()),
    ],
)
def test_nearly_equal_texts_are_a_group(texts: list[str], expected: tuple[tuple[int, ...], ...]) -> None:
    """Another spelling or another order is the same question; another word is another one."""
    assert expected == nearly_equal(texts)


@given(st.lists(st.text(max_size=20), max_size=12))
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    """No text is lost."""
    assert sorted(range(len(texts))) == sorted(place for group in nearly_equal(texts) for place in group)


def test_the_most_frequent_case_comes_first() -> None:
    """A case has all wordings, and all that became of them."""
    entries = (
        asked("what is it")
        + asked("why did it leave", "why did it leave", "why did it leav")
        + asked("why did it leave", kind="offer", shown=("a", "b"), taken="b")
        + asked("why did it leave", kind="offer", shown=("a", "b"), taken=NONE_TAKEN)
    )
    first, second = group_cases(entries)
    assert ("why did it leave", "why did it leav") == first.texts
    assert (3, 2, 0) == tuple(first.count(kind) for kind in ("fallback", "offer", "wrong"))
    assert ({"b": 1}, 1, ("a",)) == (first.chosen(), first.refused(), first.shown("offer"))
    assert ("what is it",) == second.texts


@pytest.mark.parametrize(
    ("entry", "intent_id", "negative"),
    [
        (Entry("offer", WHALE, ("fog", "lamp"), "lamp"), "lamp", False),
        (Entry("offer", WHALE, ("lamp", "fog"), NONE_TAKEN), "lamp", True),
        (Entry("offer", WHALE, ("lamp", "fog")), "lamp", False),
        (Entry("wrong", WHALE, ("lamp",)), "lamp", True),
        (Entry("wrong", WHALE), "fog", False),
        (Entry("fallback", WHALE), "fog", False),
        (Entry("offer", WHALE, ("an-intent-that-is-gone",), "gone-too"), "fog", False),
    ],
)
def test_what_visitors_chose_goes_before_what_is_near(
    entry: Entry, intent_id: str, negative: bool, keeper: Bot
) -> None:
    """A phrase of what was chosen, a negative example of what was refused or wrong, else a phrase of the nearest."""
    (proposal,) = propose(group_cases([entry]), keeper)
    assert proposal.effect is not None
    assert (intent_id, negative) == (proposal.effect.line.intent.id, proposal.effect.line.negative)


WEATHER = """
topic: {en: Not in the interview}
intents:
  - id: weather
    kind: out-of-scope
    title: {en: The weather}
    phrases:
      en: [does it rain, is it warm, how cold was january]
"""


def test_a_phrase_of_an_out_of_scope_intent_is_proposed(tmp_path: Path) -> None:
    """Where that is the nearest intent."""
    shutil.copytree(LIGHTHOUSE / "intents", tmp_path / "intents")
    (tmp_path / "intents" / "weather.yaml").write_text(WEATHER, encoding="utf-8")
    bot = load(LIGHTHOUSE / "lighthouse.txt", tmp_path / "intents").bot
    assert bot is not None
    (proposal,) = proposed(bot, asked("the rain of january"))
    assert proposal.effect is not None
    assert OUT_OF_SCOPE == proposal.effect.line.intent.kind
    assert "If the interview does not answer it, add a phrase to" in review_text((proposal,), 0)


def test_where_nothing_is_near_nothing_is_proposed(bot: Bot) -> None:
    """The editor reads what to do about it."""
    (proposal,) = proposed(bot, asked("xylophon zzyzx"))
    assert proposal.effect is None
    assert "No answer is near" in review_text((proposal,), 0)


def test_what_is_settled_is_not_proposed_again(bot: Bot, corpus: Corpus) -> None:
    """It is answered now, or is a negative example; a wrong answer is settled by another one."""
    refused = corpus.intents.answers()[0].negatives[0].text
    settled = asked("why did yandex leave iran", refused) + asked(
        "what is b2g", kind="wrong", shown=("other",)
    )
    still_open = asked(REFUSED) + asked("what is b2g?", kind="wrong", shown=("what-is-b2g",))
    assert [True] * 3 == [is_settled(case, bot) for case in group_cases(settled)]
    assert [False] * 2 == [is_settled(case, bot) for case in group_cases(still_open)]


def pasted_intents(text: str) -> Iterable[tuple[str, str, str, str]]:
    """The lines to paste from a review, as YAML reads them: id, key, language, text."""
    for block in re.findall(r"^  - id: .*(?:\n   .*)+", text, re.MULTILINE):
        node, problems = parse_document(f"intents:\n{block}\n", "pasted.yaml")
        assert () == problems
        assert isinstance(node, Mapping)
        (intent,) = Table(node).cases("intents")
        key = "phrases" if intent.node.get("phrases") else "not"
        languages = intent.node.get(key)
        assert isinstance(languages, Mapping)
        ((language, _),) = languages.entries
        (text,) = Table(languages).texts(language.value)
        yield intent.text("id"), key, language.value, text


def test_what_is_proposed_can_be_pasted(keeper: Bot) -> None:
    """Valid YAML, whatever was asked: colons, quotation marks, another script."""
    texts = ('lamp: "how much"? # really', "5 storms of fog?", "сколько стоит нам лампу", "- boat pays")
    found = proposed(keeper, asked(*texts))
    pasted = {text: (key, language) for _, key, language, text in pasted_intents(review_text(found, 0))}
    russian = texts[2]
    assert {text: ("phrases", "ru" if text == russian else "en") for text in texts} == pasted


def test_a_proposal_names_the_file_of_its_language(tmp_path: Path) -> None:
    """Where the phrases of that language stand, or shall stand; what is to be pasted has the form of that file."""
    folder = tmp_path / "intents"
    shutil.copytree(LIGHTHOUSE / "intents", folder)
    (folder / "en").mkdir()
    (folder / "weather.yaml").write_text(WEATHER.partition("    phrases:")[0], encoding="utf-8")
    (folder / "en" / "weather.yaml").write_text(
        "weather:\n  phrases:\n    - how cold was january\n    - does it rain\n", encoding="utf-8"
    )
    bot = load(LIGHTHOUSE / "lighthouse.txt", folder).bot
    assert bot is not None
    text = review_text(proposed(bot, asked("the rain of january")), 0)
    assert f"{folder}/en/weather.yaml:4:7" in text
    assert "\nweather:\n  phrases:\n    - the rain of january\n" in text


def test_a_review_reads_well(bot: Bot) -> None:
    """What was asked, what became of it, what is near, what to write, and what that would do."""
    text = review_text(proposed(bot, asked(REFUSED, REFUSED, "how much does yandx pay")), 3)
    lines = text.splitlines()
    assert '3 times: "how much does yandex pay"' == lines[0]
    assert '  also: "how much does yandx pay"' == lines[1]
    assert "  became: 3 not answered" == lines[2]
    assert "  today: not answered" == lines[3]
    assert any(line.startswith("  gains: ") for line in lines)
    assert any(line.startswith("  breaks: ") for line in lines)
    assert "3 more: today's intents settle them." == lines[-1]


def test_exported_questions_are_read_by_evaluate_once_a_person_has_completed_them() -> None:
    """Each TODO is a located problem until then."""
    lines = question_lines((Case((REFUSED,), ()), Case(("сколько стоит яндекс",), ()))).splitlines()
    _, problems = read_questions(lines, "q.jsonl")
    assert ["q.jsonl:1:1", "q.jsonl:2:1"] == [str(problem.at) for problem in problems]
    completed = [line.replace('["TODO"]', "[]").replace('"TODO"', '"absent"') for line in lines]
    questions, problems = read_questions(completed, "q.jsonl")
    assert () == problems
    assert [(REFUSED, "en"), ("сколько стоит яндекс", "ru")] == [(q.text, q.language) for q in questions]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.sqlite3"
    writing = Journal(path, print)
    for entry in asked(REFUSED, "why did yandex leave iran"):
        writing.write(entry)
    writing.close()
    return path


def test_review_shows_what_is_open(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And writes nothing."""
    before = journal.read_bytes()
    assert CLEAN == main(["review", "--journal", str(journal)])
    printed = capsys.readouterr().out
    assert printed.startswith(f'once: "{REFUSED}"\n')
    assert "1 more: today's intents settle them." in printed
    assert before == journal.read_bytes()
    assert all(path.name.startswith(journal.name) for path in journal.parent.iterdir())


def test_review_shows_progress_on_a_terminal(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many of the cases were tried; the report does not mention it."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(common, "_SECONDS_WITHOUT_BAR", 0)
    assert CLEAN == main(["review", "--journal", str(journal)])
    assert "cases:   0%" in terminal.getvalue()


def test_review_exports_what_is_open(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a new file; an existing one is not overwritten."""
    path = journal.with_name("questions.jsonl")
    assert CLEAN == main(["review", "--journal", str(journal), "--export", str(path)])
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert {"id": "journal-1", "q": REFUSED, "lang": "en", "kind": "TODO", "gold": ["TODO"]} == json.loads(
        line
    )
    assert USAGE_ERROR == main(["review", "--journal", str(journal), "--export", str(path)])
    assert "nothing is ever overwritten" in capsys.readouterr().err


def test_review_without_a_journal_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JOURNAL is off, the file is missing, it is no journal: one sentence each."""
    assert USAGE_ERROR == main(["review"])
    assert "JOURNAL is off" in capsys.readouterr().err
    missing = tmp_path / "j.sqlite3"
    assert USAGE_ERROR == main(["review", "--journal", str(missing)])
    assert "there is no journal" in capsys.readouterr().err
    missing.write_bytes(b"something else" * 99)
    assert USAGE_ERROR == main(["review", "--journal", str(missing)])
    assert "not a database" in capsys.readouterr().err


def test_review_of_an_empty_journal_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on standard output."""
    path = tmp_path / "j.sqlite3"
    Journal(path, print).close()
    assert CLEAN == main(["review", "--journal", str(path)])
    assert ("", "review: nothing was kept yet\n") == capsys.readouterr()


def test_review_refuses_a_question_file_with_problems(journal: Path, tmp_path: Path) -> None:
    """As `evaluate` does."""
    broken = tmp_path / "q.jsonl"
    broken.write_text("no JSON\n", encoding="utf-8")
    assert PROBLEMS == main(["review", "--journal", str(journal), "--questions", str(broken)])
