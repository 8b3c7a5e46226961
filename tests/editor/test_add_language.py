"""Adding a language as docs/editing.md says: Spanish beside English, and letters that the program does not know."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN
from bot.conversation.bot import Bot
from bot.editor.check import check
from bot.editor.language_rules import incomplete_language, unknown_script
from bot.loading.unread_files import unread_files
from bot.settings import HOME
from bot.text import languages
from bot.text.languages import SCRIPTS, Script
from tests.editor.ferry import FERRY, SPANISH, bot_of, copied, loaded

EDITING = (HOME / "docs" / "editing.md").read_text(encoding="utf-8")
SECTION = EDITING[EDITING.index("## Add a language") : EDITING.index("## Replace the interview")]


def with_first_phrase(folder: Path, phrase: str, language: str) -> Bot:
    path = copied(folder) / "intents" / language / "ferry.yaml"
    path.parent.mkdir()
    path.write_text(f"ticket:\n  phrases:\n    - {phrase}\n", encoding="utf-8")
    return bot_of(folder)


def test_each_file_that_the_test_adds_is_named_in_the_guide() -> None:
    """So that what is tested here is what the guide says."""
    added = {path.name for path in SPANISH.rglob("*.yaml")} - {path.name for path in FERRY.glob("*.yaml")}
    topics = {path.name for path in (FERRY / "intents").glob("*.yaml")}
    assert {"wording.yaml", "question-kinds.yaml", "ferry.es.yaml"} == added - topics
    for named in ("es/wording.yaml", "es/question-kinds.yaml", "interview.es.yaml"):
        assert f"`{named}`" in SECTION


def test_what_a_language_lacks_is_named_from_the_first_phrase_on(tmp_path: Path) -> None:
    """At that phrase, each kind of thing once; and what lacks in the source card there."""
    bot = with_first_phrase(tmp_path, "cuánto cuesta el billete", "es")
    problems = check(bot, [incomplete_language])
    assert {"ferry.yaml:3:7", "ferry.yaml"} == {str(each.at).split("/")[-1] for each in problems}
    told = "\n".join(each.message for each in problems)
    for missing in (
        "phrases for 3 of 4 answers: last-ferry, january, engine",
        "titles for 4 of 4 answers",
        "name of topics",
        "es/wording.yaml",
        "es/question-kinds.yaml",
        "small talk, overviews, and what is refused: hello, far",
        '"say:" of hello',
        "under title, outlet, day, the name of post, the name of vale, the title of ferry",
    ):
        assert missing in told
    assert 'negative examples; add some under "not:" of last-ferry, ticket' in told
    assert "stemmer" not in told


def test_a_first_phrase_answers_at_once_with_english_in_place_of_what_lacks(tmp_path: Path) -> None:
    """And takes nothing from English."""
    bot = with_first_phrase(tmp_path, "cuánto cuesta el billete", "es")
    reply = bot.answer("cuanto cuesta el bilete?")
    assert ("answer", "ticket", "es") == (reply.kind, reply.intent_id, reply.language)
    assert "What does a ticket cost?" in str(reply.blocks[0])
    assert ("ticket", "en") == (bot.answer("what does a ticket cost").intent_id, bot.answer("price").language)


def test_after_all_steps_nothing_lacks(finished: Path, spanish: Bot) -> None:
    """But the lines of the wording that this test leaves out, in one warning; the loader reads every file."""
    assert () == check(spanish, [incomplete_language, unknown_script])
    (problem,) = loaded(finished).problems
    assert ("missing-key", "warning", True) == (
        problem.rule,
        problem.level,
        problem.message.startswith("60 lines are missing: "),
    )
    assert () == unread_files(finished / "ferry.txt", finished / "intents")


def test_what_lacks_in_a_file_of_phrases_is_named_in_that_file(finished: Path, tmp_path: Path) -> None:
    """And not where the language begins."""
    folder = shutil.copytree(finished, tmp_path / "copy")
    talk = folder / "intents" / "es" / "talk.yaml"
    talk.write_text(talk.read_text("utf-8").partition("far:")[0], encoding="utf-8")
    (found,) = check(bot_of(folder), [incomplete_language])
    assert '"es" has no phrases for small talk, overviews, and what is refused: far' == found.message
    assert str(found.at).endswith("intents/es/talk.yaml:2:13")


def test_the_same_words_may_be_a_phrase_in_two_languages(tmp_path: Path) -> None:
    """But not of two intents in one language."""
    with_first_phrase(tmp_path, "the engine", "es")
    path = tmp_path / "intents" / "en" / "ferry.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("- the ticket", "- the winter"), encoding="utf-8"
    )
    assert ["duplicate-phrase"] == [each.rule for each in loaded(tmp_path).problems]


def test_a_topic_may_not_have_the_name_of_a_languages_file(tmp_path: Path) -> None:
    """Else its phrases would be read as sentences of the bot."""
    intents = copied(tmp_path) / "intents"
    shutil.move(intents / "talk.yaml", intents / "wording.yaml")
    assert any(
        str(each.at).endswith("wording.yaml") and "no topic" in each.message
        for each in loaded(tmp_path).problems
    )


@pytest.fixture
def add_row(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Adds a row to the table of scripts, as an editor pastes it. What is remembered of letters is forgotten."""
    remembered = (languages.letter_script, languages.stem, languages.stemmer)

    def add(script: str, row: str) -> None:
        monkeypatch.setitem(SCRIPTS, script, eval(f"{{{row}}}", {"Script": Script})[script])
        for each in remembered:
            each.cache_clear()

    yield add
    for each in remembered:
        each.cache_clear()


@pytest.mark.parametrize(
    ("written_in", "phrase", "question"),
    [
        (("el", "greek"), "πόσο κοστίζει το εισιτήριο", "ποσο κοστιζουν τα εισιτηρια;"),
        (("ka", "georgian"), "რა ღირს ბილეთი", "რა ღირს ბილეთი ბორანზე"),
        (("hy", "armenian"), "որքա՞ն արժե տոմսը", "որքան արժե տոմսը"),
    ],
)
def test_an_unknown_script_needs_the_row_that_check_prints(
    written_in: tuple[str, str],
    phrase: str,
    question: str,
    tmp_path: Path,
    add_row: Callable[[str, str], None],
) -> None:
    """With it the script has phrases of its own; without it a question in it is no error."""
    language, script = written_in
    bot = with_first_phrase(tmp_path, phrase, language)
    (problem,) = check(bot, [unknown_script])
    assert f"is in {script} letters" in problem.message
    assert bot.answer("Ω ღ Ճ").kind == "fallback"
    row = re.search(r"languages\.py: (.+),$", problem.message)
    assert row is not None
    add_row(script, row[1])
    bot = bot_of(tmp_path)
    assert () == check(bot, [unknown_script])
    reply = bot.answer(question)
    assert (language, "ticket") == (reply.language, reply.intent_id)


def test_a_draft_for_a_spanish_text_has_no_english_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has the words of the text alone, and the language is told by them."""
    text = tmp_path / "horno.txt"
    text.write_text(
        "El horno es de 1890.\n\nLa panadera dijo que la leña da un calor que no se va.\n", encoding="utf-8"
    )
    assert CLEAN == main(["new", str(text), "--into", str(tmp_path / "new")])
    capsys.readouterr()
    (drafts,) = (tmp_path / "new" / "intents" / "es").iterdir()
    found = drafts.read_text(encoding="utf-8")
    assert "da un calor que no se va" in found
    assert not re.search(r"\b(what|when|about|how)\b", found)
