"""`derive` drafts what a person then completes: a new text is answered from a card, drafts, and written TODOs."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN, PROBLEMS, USAGE_ERROR
from bot.conversation.bot import Bot
from bot.conversation.replies import Remark
from bot.conversation.requests import SUMMARY
from bot.corpus.passages import Quotation
from bot.loading.loader import load
from bot.settings import HOME
from tests.tables import DATA

BEES = DATA / "bees.txt"


def finished(yaml: str) -> str:
    """A draft as a person completes it in a minute: without its TODOs, which are for other languages."""
    yaml = re.sub(r", (?:fa|ru): TODO", "", re.sub(r" # TODO.*", "", yaml))
    yaml = re.sub(r"^ +(?:fa|ru):\n +- TODO\n", "", yaml, flags=re.MULTILINE)
    return re.sub(r"^.*\bTODO\b(?!,| \().*\n", "", yaml, flags=re.MULTILINE)


def test_a_new_text_answers_after_card_drafts_and_todos(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way: card, drafts, check, ask. Until the TODOs are written nothing is answered."""
    text, folder = tmp_path / "bees.txt", tmp_path / "bees"
    shutil.copy(BEES, text)
    options = ["--source", str(text), "--intents", str(folder)]
    assert CLEAN == main(["derive", "--card", "--write", *options])
    assert CLEAN == main(["derive", "--write", *options])
    assert PROBLEMS == main(["ask", "how many beehives are there", *options])
    capsys.readouterr()

    assert PROBLEMS == main(["check", *options])
    reported = capsys.readouterr().out.splitlines()
    assert [] == [line for line in reported if "(todo)" not in line and ": warning: " not in line]

    drafted = [text.with_suffix(".yaml"), *folder.glob("*.yaml")]
    assert 6 == len(drafted)
    for path in drafted:
        path.write_text(finished(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert CLEAN == main(["check", *options]), capsys.readouterr().out

    for question, words in {
        "how many people have been stung": "Three people have been stung",
        "where did the first hive come from, a school class?": "a present from a school class",
        "what happens to books that come back on time": "Whoever brings a book back on time",
        "did the library refuse the price list": "The town council asked for a price list in 2019",
        "what do bees dislike": "Bees dislike perfume",
        "when do the children climb to the roof": "Every Tuesday the little ones",
    }.items():
        capsys.readouterr()
        assert CLEAN == main(["ask", "--json", question, *options])
        record = json.loads(capsys.readouterr().out)
        assert "answer" == record["decision"], question
        assert [True] == [words in quote["text"] for quote in record["quotes"]], question
    for question in ("how old is Tilda Marrow", "what is the capital of France"):
        assert CLEAN == main(["ask", "--json", question, *options])
        assert "answer" != json.loads(capsys.readouterr().out)["decision"], question


def test_nothing_is_ever_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a card nor an intent file; and where one exists, none of the others is written."""
    text = tmp_path / "t.txt"
    text.write_text("The tea is cold.\n\nThe milk is warm.", encoding="utf-8")
    card = text.with_suffix(".yaml")
    card.write_text("mine", encoding="utf-8")
    assert USAGE_ERROR == main(["derive", "--card", "--write", "--source", str(text)])
    assert "mine" == card.read_text(encoding="utf-8")
    assert "nothing is ever overwritten" in capsys.readouterr().err
    card.unlink()
    folder = tmp_path / "intents"
    folder.mkdir()
    (folder / "text.yaml").write_text("topic: {en: T}\nintents: []\n", encoding="utf-8")
    assert PROBLEMS == main(["derive", "--write", "--source", str(text), "--intents", str(folder)])
    assert "topic: {en: T}\nintents: []\n" == (folder / "text.yaml").read_text(encoding="utf-8")


def test_without_write_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It prints, and twice the same."""
    text = tmp_path / "bees.txt"
    shutil.copy(BEES, text)
    printed = []
    for _ in range(2):
        assert CLEAN == main(["derive", "--source", str(text), "--languages", "en"])
        assert CLEAN == main(["derive", "--source", str(text), "--card"])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert [text] == list(tmp_path.iterdir())


def test_where_phrases_have_files_of_their_own_those_of_drafts_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file of the topic is printed first; all are written."""
    text, folder = tmp_path / "bees.txt", tmp_path / "bees"
    shutil.copy(BEES, text)
    (folder / "en").mkdir(parents=True)
    options = ["derive", "--source", str(text), "--intents", str(folder), "--languages", "en"]
    assert CLEAN == main(options)
    files = re.findall(r"^# (.+\.yaml)$", capsys.readouterr().out, re.MULTILINE)
    assert [False] * (len(files) // 2) + [True] * (len(files) // 2) == ["/en/" in name for name in files]
    assert CLEAN == main([*options, "--write"])
    assert sorted(files) == sorted(str(path) for path in folder.rglob("*.yaml"))
    assert all("phrases:" not in path.read_text(encoding="utf-8") for path in folder.glob("*.yaml"))


def test_nothing_to_draft_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, with what one can do; also with --write nothing happens."""
    text, folder = tmp_path / "t.txt", tmp_path / "intents"
    text.write_text("The tea is cold.", encoding="utf-8")
    folder.mkdir()
    (folder / "tea.yaml").write_text(
        "topic: {en: T}\nintents: [{id: tea, title: {en: T}, quotes: [The tea is cold.], phrases: {en: [tea]}}]",
        encoding="utf-8",
    )
    options = ["derive", "--source", str(text), "--intents", str(folder)]
    for arguments in (options, [*options, "--write"]):
        assert CLEAN == main(arguments)
        captured = capsys.readouterr()
        assert "" == captured.out
        assert "every passage is quoted" in captured.err


QUARRY_QUESTIONS = {
    "when did the quarry close": "The quarry closed in 1994",
    "how large is the flock": "Forty-one goats",
    "who taught the goats to ring the bell": "taught the oldest goat to pull the rope",
    "what is made of the milk": "a cheese that we call grey sister",
    "how much does the cheese cost": "Nine marks for a wheel",
    "where can one buy the cheese": "Only at the ferry",
    "what did the mayor promise": "promised us a fence",
    "which paint did they use on the wall": "blue paint",
    "who painted the crane": "painted the crane",
    "what is the name of the oldest goat": "Admiral",
    "how deep is the lake": "Thirty metres",
    "may one swim in the lake": "Nobody may swim",
}


@pytest.fixture(scope="module")
def quarry(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """The bot that `new` makes of a text."""
    folder = tmp_path_factory.mktemp("new") / "quarry"
    assert CLEAN == main(["new", str(DATA / "quarry.txt"), "--into", str(folder)])
    found = load(folder / "interview.txt", folder / "intents").bot
    assert found is not None
    return found


def test_new_names_the_place_of_each_todo(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And `check` finds nothing else in the new files."""
    monkeypatch.chdir(tmp_path)
    assert CLEAN == main(["new", str(DATA / "quarry.txt"), "--into", "quarry"])
    told = capsys.readouterr().out
    for path, number in re.findall(r"^   (\S+?):(\d+): ", told, re.MULTILINE):
        assert "TODO" in Path(path).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    options = ["--source", "quarry/interview.txt", "--intents", "quarry/intents"]
    assert CLEAN == main(["check", *options]), capsys.readouterr().out


def test_a_new_interview_answers_at_once(quarry: Bot) -> None:
    """From its text, without a line of YAML: of twelve factual questions eleven get the right words, surely or as the
    nearest, and none wrong ones; what the text does not say is not answered. Two people answer, named by initials."""
    right, source = 0, quarry.corpus.source
    for question, expected in QUARRY_QUESTIONS.items():
        quotations = [each for each in quarry.answer(question).blocks if isinstance(each, Quotation)]
        assert not quotations or any(expected in each.exact for each in quotations), question
        right += bool(quotations)
    assert right >= 11
    for question in ("how old is Bram Teel", "what is the capital of France", "who won the world cup"):
        assert "answer" != quarry.answer(question).kind, question
    said = {p.speaker.name.best("en") for p in source.passages if "goat" in source.whole(p).exact}
    assert {"Bram Teel", "Juno Ashe", "the newspaper"} >= said > {"the newspaper"}
    interviewed = {p.speaker.id for p in source.passages if p.speaker.main}
    assert {"bram-teel", "juno-ashe"} == interviewed


def test_what_is_asked_about_an_answer_of_a_new_interview(quarry: Bot) -> None:
    """Whose words, what comes next, another language: without a line of YAML, and without an outlet in the card."""
    asked = quarry.answer("when did the quarry close")
    two = {quotation.passage.speaker.id for quotation in asked.quotations()}
    assert len(two) == 2
    said = quarry.answer("who said that", context=asked.context)
    assert ["Bram Teel said this.", "Juno Ashe said this."] == [
        block.text for block in said.blocks if isinstance(block, Remark)
    ]
    more = quarry.answer("tell me more", context=asked.context)
    assert more.quotations()[0].span.start > asked.quotations()[-1].span.end
    in_russian = quarry.answer("in russian please", context=asked.context)
    assert ("ru", asked.quotations()) == (in_russian.language, in_russian.quotations())


def test_a_new_interview_can_be_summed_up(quarry: Bot) -> None:
    """/summary and those who ask what it is about get the first answer of each topic; who wrote it, the source page."""
    summed_up = quarry.respond(SUMMARY, "en")
    assert len({quotation.passage.section for quotation in summed_up.quotations()}) > 2
    for question in ("summary", "what is this interview about"):
        assert summed_up.quotations() == quarry.answer(question).quotations(), question
    written = quarry.answer("who wrote this")
    assert any("Goats in the old quarry" in each.text for each in written.blocks if isinstance(each, Remark))


def test_drafts_of_a_new_interview_are_made_again_when_its_card_was_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `new` prints: the files that it names are deleted, and derived again in the languages of the folder alone."""
    monkeypatch.chdir(tmp_path)
    assert CLEAN == main(["new", str(BEES), "--into", "bees", "--languages", "en,ru"])
    told = capsys.readouterr().out
    named = re.search(r"^   ((?:[\w-]+\.yaml ?)+)$", told, re.MULTILINE)
    derive = re.search(r"^   python -m bot (derive --write .+)$", told, re.MULTILINE)
    assert named is not None
    assert derive is not None
    before = {path: path.read_text(encoding="utf-8") for path in Path("bees/intents").rglob("*.yaml")}
    for path in before:
        if path.name in named[1].split():
            path.unlink()
    assert {"small-talk.yaml"} < {path.name for path in Path("bees/intents/ru").iterdir()}
    assert CLEAN == main(derive[1].split())
    assert before == {path: path.read_text(encoding="utf-8") for path in Path("bees/intents").rglob("*.yaml")}


def test_a_new_interview_may_have_markup_and_be_about_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page copied as Markdown: its words are quoted, and its "summary" is not the one of the interview."""
    monkeypatch.chdir(tmp_path)
    page = "**Q:** A summary?\n\n**A:** The [mill](https://mill.example) summary is _short_: it burns.\n"
    Path("mill.md").write_text(page, encoding="utf-8")
    assert CLEAN == main(["new", "mill.md"])
    assert "without its markup" in capsys.readouterr().out
    found = load(Path("mill/interview.txt"), Path("mill/intents"))
    assert found.bot is not None, found.problems
    quotations = found.bot.answer("mill summary").quotations()
    assert ["The mill summary is short: it burns."] == [each.exact for each in quotations]


def test_new_says_who_speaks_and_whether_the_bot_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the first words one sees a wrong name at once; with a second language there is something to write first."""
    monkeypatch.chdir(tmp_path)
    turns = "**Post:** Old?\n\n**Ada Brook:** Very, I hear.\n\n**Post:** Wet?\n\n**Ada Brook:** No.\n"
    Path("mill.md").write_text(f"# The mill\n\n{turns}", encoding="utf-8")
    assert CLEAN == main(["new", "mill.md"])
    told = capsys.readouterr().out
    assert "mill has a bot that answers already" in told
    assert "   Ada Brook: 2 passages, the first: Very, I hear.\n" in told
    assert 'title: {en: "The mill"}' in Path("mill/interview.yaml").read_text(encoding="utf-8")
    Path("speech.txt").write_text("Dear neighbours, the mill is yours.\n", encoding="utf-8")
    assert CLEAN == main(["new", "speech.txt", "--languages", "en,ru"])
    told = capsys.readouterr().out
    assert "when you have written each TODO, it answers" in told
    assert "Nobody's own words were found." in told


def test_new_has_no_options_for_another_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "--help"])
    assert "--intents" not in capsys.readouterr().out


def test_the_files_of_a_new_interview_name_their_schemas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where they are made, and in the place of our own: an editor completes and checks them there and here."""
    monkeypatch.chdir(tmp_path)
    assert CLEAN == main(["new", str(BEES), "--into", "bees", "--languages", "en,ru"])
    card, *files = sorted(Path("bees").rglob("*.yaml"), key=lambda path: len(path.parts))
    assert len(files) > 10
    for path in (card, *files):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file(), first
        in_place = HOME / path.relative_to("bees")
        assert path == card or (in_place.parent / schema).resolve().parent == HOME / "schemas"


def test_new_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is there is left as it is."""
    (tmp_path / "a.yaml").write_text("mine", encoding="utf-8")
    assert USAGE_ERROR == main(["new", str(BEES), "--into", str(tmp_path)])
    assert ["a.yaml"] == [path.name for path in tmp_path.iterdir()]
    assert "nothing is ever overwritten" in capsys.readouterr().err
