"""From a question that was not answered to a line that an editor may write."""

import io
import json
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.cli import common
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.corpus.intents import OUT_OF_SCOPE, IntentSet, Phrase
from bot.editor.questions import read_questions
from bot.editor.review.placing import adds_only, insertion
from bot.editor.review.proposals import Case, Proposal, group_cases, is_settled, line_under, propose
from bot.editor.review.report import proposal_text, question_lines
from bot.loading.loader import load
from bot.matching import BUILT_IN, nearly_equal
from bot.storage.journal import NONE_TAKEN, Entry, Journal, Kind
from bot.yamlfiles.problems import Location
from tests.conftest import KEEPER, LIGHTHOUSE

WHALE, REFUSED = "what does a whale weigh", "how much does yandex pay"


def asked(*texts: str, kind: Kind = "fallback", shown: Sequence[str] = (), taken: str = "") -> list[Entry]:
    return [Entry(kind, text, tuple(shown), taken) for text in texts]


def proposed(bot: Bot, entries: Iterable[Entry]) -> tuple[Proposal, ...]:
    return tuple(propose([case for case in group_cases(entries) if not is_settled(case, bot)], bot))


def read(path: str) -> str | None:
    return Path(path).read_text(encoding="utf-8") if Path(path).exists() else None


def review_text(proposal: Proposal) -> str:
    return proposal_text(1, proposal, insertion(proposal.effect.line, read) if proposal.effect else None)


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
    assert "If the interview does not answer it, add a phrase of weather" in review_text(proposal)


def test_where_nothing_is_near_nothing_is_proposed(bot: Bot) -> None:
    """The editor reads what to do about it."""
    (proposal,) = proposed(bot, asked("xylophon zzyzx"))
    assert proposal.effect is None
    assert "No answer is near" in review_text(proposal)


def test_what_is_settled_is_not_proposed_again(bot: Bot, corpus: Corpus) -> None:
    """It is answered now, or is a negative example; a wrong answer is settled by another one."""
    refused = corpus.intents.answers()[0].negatives[0].text
    settled = asked("why did yandex leave iran", refused) + asked(
        "what is b2g", kind="wrong", shown=("other",)
    )
    still_open = asked(REFUSED) + asked("what is b2g?", kind="wrong", shown=("what-is-b2g",))
    assert [True] * 3 == [is_settled(case, bot) for case in group_cases(settled)]
    assert [False] * 2 == [is_settled(case, bot) for case in group_cases(still_open)]


@pytest.mark.parametrize(
    ("text", "shown", "settled"),
    [
        (WHALE, (), False),
        ("when is the lamp lit", (), True),
        ("when is the lamp lit", ("lamp", "fog"), True),
        ("xylophon zzyzx", ("lamp", "fog"), True),
        ("xylophon zzyzx", ("lamp",), True),
    ],
)
def test_a_wrong_refusal_or_offer_is_settled_by_an_answer(
    text: str, shown: tuple[str, ...], settled: bool, keeper: Bot
) -> None:
    """A refusal that was wrong stays open while the question is refused; the nearest answer is proposed for it."""
    (case,) = group_cases(asked(text, kind="wrong", shown=shown))
    assert settled == is_settled(case, keeper)


def test_an_offer_that_is_still_made_stays_wrong(keeper: Bot) -> None:
    """In whatever order, and also a single one of its questions."""
    offering = replace(keeper, calibration=replace(keeper.calibration, accept=2.0, sure=0.0, offer=0.0))
    text = "lamp boat"
    offered = tuple(candidate.intent_id for candidate in offering.answer(text).offered)
    assert len(offered) > 1
    for shown in (offered, offered[::-1], (*offered[:1], "gone")):
        (case,) = group_cases(asked(text, kind="wrong", shown=shown))
        assert not is_settled(case, offering)


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
    line = line_under(Case((text,), ()), intent, negative)
    where = insertion(line, read_bytes)
    assert where is not None
    assert (str(folder / name), pasted) == (where.path, where.lines[-1])
    whole = read_bytes(where.path) or ""
    after = where.into(whole)
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


def read_bytes(path: str) -> str | None:
    """With its line ends as they are."""
    return Path(path).read_bytes().decode() if Path(path).exists() else None


def test_a_line_is_not_put_where_more_would_change(keeper: Bot, tmp_path: Path) -> None:
    """A file of phrases between brackets, or one that is not valid, is left to a person."""
    intent = keeper.corpus.intents.get("fog")
    assert intent is not None
    line = line_under(Case((WHALE,), ()), replace(intent, phrases=()), False)
    for text in ("fog: {phrases: [fog]}", "fog: {not: [fog]}", "fog: [", "- fog"):
        assert insertion(line, lambda _path, text=text: text) is None  # type: ignore[misc]
    assert not adds_only(line, "fog: [fog]", "fog: [what does a whale weigh]")


def test_words_that_are_written_already_are_removed_first(keeper: Bot) -> None:
    """The proposal for a wrong refusal says where they stand: a second line would contradict the first."""
    negative = Phrase("who likes a storm", "en", Location("lamp.yaml", 40, 9))
    intents = (replace(i, negatives=(negative,) * (i.id == "fog")) for i in keeper.corpus.intents.intents)
    refusing = replace(keeper.with_intents(IntentSet(tuple(intents))), calibration=BUILT_IN)
    (proposal,) = proposed(refusing, asked(negative.text, kind="wrong"))
    assert f"  first: remove the same words in {negative.at}" in review_text(proposal).splitlines()


def test_a_review_reads_well(keeper: Bot) -> None:
    """What was asked, what became of it, what is near and where, what to write, and what that would do."""
    weight = "what does a boat weigh"
    (proposal,) = proposed(keeper, asked(weight, weight, "what does a baot weigh"))
    lines = review_text(proposal).splitlines()
    assert f'1. 3 times: "{weight}"' == lines[0]
    assert '  also: "what does a baot weigh"' == lines[1]
    assert "  became: 3 not answered" == lines[2]
    assert "  today: not answered" == lines[3]
    assert "  nearest:" == lines[4]
    assert all(re.search(r'\d% "[^"]+" by ".+" \(.+\.yaml:\d+:\d+\)$', line) for line in lines[5:8])
    assert any(line.startswith("  gains: ") for line in lines)
    assert any(line.startswith("  breaks: ") for line in lines)
    assert lines[-1].startswith("  next: --apply 1 writes this line")


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
    for entry in asked(WHALE, "when is the lamp lit"):
        writing.write(entry)
    writing.close()
    return path


def test_review_shows_what_is_open(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And writes nothing."""
    before = journal.read_bytes()
    assert CLEAN == main(["review", "--journal", str(journal), *KEEPER])
    printed = capsys.readouterr().out
    assert printed.startswith(f'1. Once: "{WHALE}"\n')
    assert "1 more: today's intents settle them." in printed
    assert before == journal.read_bytes()
    assert all(path.name.startswith(journal.name) for path in journal.parent.iterdir())


def test_review_shows_progress_on_a_terminal(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many of the cases were tried; the report does not mention it."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(common, "_SECONDS_WITHOUT_BAR", 0)
    assert CLEAN == main(["review", "--journal", str(journal), *KEEPER])
    assert "cases:   0%" in terminal.getvalue()


def test_review_exports_what_is_open(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a new file; an existing one is not overwritten."""
    path = journal.with_name("questions.jsonl")
    export = ["review", "--journal", str(journal), "--export", str(path), *KEEPER]
    assert CLEAN == main(export)
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert {"id": "journal-1", "q": WHALE, "lang": "en", "kind": "TODO", "gold": ["TODO"]} == json.loads(line)
    assert USAGE_ERROR == main(export)
    assert "nothing is ever overwritten" in capsys.readouterr().err


def test_apply_writes_one_line_and_only_when_told(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run shows it with its place; afterwards the question is settled."""
    shutil.copytree(LIGHTHOUSE, tmp_path / "lighthouse")
    folder = tmp_path / "lighthouse" / "intents"
    options = ["--source", str(tmp_path / "lighthouse" / "lighthouse.txt"), "--intents", str(folder)]
    apply = ["review", "--journal", str(journal), "--apply", "1", "--to", "lamp", *options]
    before = {path: path.read_text(encoding="utf-8") for path in folder.glob("**/*.yaml")}
    assert CLEAN == main(apply)
    assert "Nothing was written; add --write" in capsys.readouterr().out
    assert before == {path: path.read_text(encoding="utf-8") for path in folder.glob("**/*.yaml")}
    assert CLEAN == main([*apply, "--write"])
    (written,) = (path for path in folder.glob("**/*.yaml") if path not in before)
    assert f"written: {written}" in capsys.readouterr().out
    assert f"lamp:\n  phrases:\n    - {WHALE}\n" == written.read_text(encoding="utf-8")
    assert CLEAN == main(["review", "--journal", str(journal), *options])
    assert f'"{WHALE}"\n' not in capsys.readouterr().out


def test_apply_says_what_it_cannot_do(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options, said in (
        (["--apply", "7"], "there is no case 7; 1 are open"),
        (["--apply", "1", "--to", "nobody"], '"nobody" is no intent'),
        (["--write"], "name its number"),
    ):
        assert USAGE_ERROR == main(["review", "--journal", str(journal), *options, *KEEPER])
        assert said in capsys.readouterr().err


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
