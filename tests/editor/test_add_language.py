"""Adding a language as docs/editing.md says: Spanish beside English, and letters that the program does not know."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.common import CLEAN
from bot.conversation.bot import Bot
from bot.editor.check import check
from bot.editor.language_rules import incomplete_language, unknown_script
from bot.loading.loader import Loaded, load
from bot.loading.unread_files import unread_files
from bot.matching import Matcher
from bot.settings import HOME
from bot.text import languages
from bot.text.languages import SCRIPTS, Script
from tests.tables import DATA

FERRY = DATA / "ferry"
SPANISH = FERRY / "es"
"""What the steps add, and the files that they change."""
EDITING = (HOME / "docs" / "editing.md").read_text(encoding="utf-8")
SECTION = EDITING[EDITING.index("## Add a language") : EDITING.index("## Replace the interview")]


def copied(folder: Path) -> Path:
    shutil.copytree(FERRY, folder, ignore=lambda *_: [SPANISH.name], dirs_exist_ok=True)
    return folder


def loaded(folder: Path) -> Loaded:
    return load(folder / "ferry.txt", folder / "intents")


def bot_of(folder: Path) -> Bot:
    found = loaded(folder)
    assert found.bot is not None, "\n".join(map(str, found.problems))
    return found.bot


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return bot_of(copied(tmp_path_factory.mktemp("english")))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all steps are done."""
    folder = copied(tmp_path_factory.mktemp("spanish"))
    shutil.copytree(SPANISH, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def spanish(finished: Path) -> Bot:
    return bot_of(finished)


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
        problem.message.startswith("58 lines are missing: "),
    )
    assert () == unread_files(finished / "ferry.txt", finished / "intents")


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("¿Hasta qué hora sale el transbordador?", "last-ferry"),
        ("cuanto vale el bilete", "ticket"),
        ("por que pararon en enero", "january"),
        ("como es el motor", "engine"),
        ("hola", "hello"),
    ],
)
def test_a_spanish_question_is_answered_in_spanish(question: str, intent: str, spanish: Bot) -> None:
    """Typed with accents, without, and with slips."""
    reply = spanish.answer(question)
    assert ("es", intent) == (reply.language, reply.intent_id)


def test_the_words_of_a_spanish_reply_are_spanish(spanish: Bot) -> None:
    """Title, attribution, translation, buttons and refusal; a line that is not translated yet is English."""
    reply = spanish.answer("cuándo sale el último transbordador")
    texts = [str(block) for block in reply.blocks]
    assert "¿Cuándo sale el último?" in texts[0]
    assert "— Nora Vale, en Ferry Post" in texts[2]
    assert "Translation, not a word-for-word quotation:\\nEl transbordador sale cada hora" in texts[3]
    assert {"¿Cuánto cuesta el billete?", "¿Por qué paró en enero?"} <= {each.label for each in reply.choices}
    refused = spanish.answer("quién ganó el partido")
    assert "La entrevista no responde a eso." in str(refused.blocks)


def test_an_english_question_is_answered_as_if_there_were_no_spanish(english: Bot, spanish: Bot) -> None:
    """Each English phrase and negative example has the same ranking, so no Spanish one captures it; and the other way
    round each Spanish one is compared with Spanish ones alone."""
    for intent in spanish.corpus.intents.intents:
        for phrase in (*intent.phrases, *intent.negatives):
            utterance = spanish.matcher.utterance(phrase.text)
            assert phrase.language == utterance.language
            nearest = spanish.matcher.nearest(utterance, intent.id)
            assert nearest is None or nearest.language == phrase.language
            if phrase.language == "en":
                expected = english.matcher.rank(english.matcher.utterance(phrase.text))
                assert expected == spanish.matcher.rank(utterance)


def test_a_spanish_word_is_corrected_into_spanish_words_alone(spanish: Bot) -> None:
    """Although "tickets" is nearer than "billetes" to some of them."""
    utterance = spanish.matcher.utterance("cuánto valen los tikets y el bilete")
    known = {word for each in utterance.words for word in each.known}
    assert "billete" in known
    assert not known & {"ticket", "the", "what"}


@pytest.mark.parametrize(
    ("message", "account", "language"),
    [
        ("sandholm", "es", "es"),
        ("sandholm", "es-mx", "es"),
        ("sandholm", "en", "en"),
        ("motor", None, "es"),
        ("engine", "es", "en"),
        ("🙂", "es", "es"),
        ("5?", "es", "es"),
        ("sandholm", "fr", "en"),
    ],
)
def test_a_message_too_short_to_tell_takes_the_language_of_the_account(
    message: str, account: str | None, language: str, spanish: Bot
) -> None:
    """If it is one of those with phrases; else that of the phrases that answer it best, or the first."""
    assert language == spanish.answer(message, account).language


def test_a_follow_up_stays_in_the_language_of_the_message(spanish: Bot) -> None:
    """Its kind of question is told by the Spanish words, and the title of the answer before is the Spanish one."""
    before = spanish.answer("por qué paró en enero")
    reply = spanish.answer("y cuándo", None, before.context)
    assert ("es", "offer") == (reply.language, reply.kind)


def test_the_own_lines_of_a_spanish_reply_tell_its_language(spanish: Bot) -> None:
    """A button carries no language; the message above it does."""
    for text in (
        "Elija un tema: Todos los temas",
        "¿Cuánto cuesta el billete?",
        "La entrevista no responde a eso.",
    ):
        assert "es" == spanish.language(text)
    assert "en" == spanish.language("Choose a topic: All topics")


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
    remembered = (languages._letter_script, languages.stem, languages.stemmer)

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


def test_spanish_words_are_stemmed_and_grouped_as_spanish_ones(spanish: Bot) -> None:
    """An English stem would tell "pagan" and "pagaron" apart; "ciao" is in a group of English words."""
    terms = dict(spanish.matcher.utterance("los niños pagaron ciao").terms)
    assert 1.0 == terms["pag"]
    assert not any(name.startswith("~") for name in terms)
    assert any(name.startswith("~") for name, _ in spanish.matcher.utterance("thanks and ciao").terms)


def test_a_spanish_word_is_not_said_to_be_missing_in_an_english_text(spanish: Bot) -> None:
    """It cannot be there; only a question in the language of the text is looked up word by word."""
    said = str(spanish.answer("qué piensa el alcalde de eso").blocks)
    assert ("does not mention" in said, "no responde" in said) == (False, True)
    assert "does not mention" in str(spanish.answer("what does the mayor think of that").blocks)


def test_a_message_is_read_in_its_language_alone(spanish: Bot) -> None:
    """Whatever of it is looked at, however short: its pieces, and the title of the answer before."""
    assert "fallback" == spanish.answer("tickt", "es").kind
    assert "answer" == spanish.answer("tickt", "en").kind == spanish.answer("tickt").kind
    bound = spanish.matcher.in_language("es")
    assert ("es", "es") == (bound.utterance("the engine").language, bound.model("latin").language)
    assert spanish.matcher.in_language("fr") is spanish.matcher


def test_a_word_that_tells_its_language_is_not_read_in_other_letters(spanish: Bot) -> None:
    """Although no phrase has it: "gracias" is no wrong keyboard."""
    bound = spanish.matcher.in_language("es")
    spanish.matcher.language("gracias")
    assert 0.5 == bound.part_known(["gracias", "thanks"], "latin")
    assert 1.0 == bound.part_known(["gracias"], "latin")


def test_a_spanish_passage_is_not_searched_for_english_words_of_time(spanish: Bot) -> None:
    """What cannot be seen is taken to be there, so that "cuándo" is not refused."""
    lexicon, intents = spanish.matcher.lexicon, spanish.corpus.intents
    assert "en" == lexicon.quoted
    number = sorted(intent.id for intent in intents.intents).index("ticket")
    assert "when" in spanish.matcher.model("es").facts(number).lacks
    of_spanish_text = Matcher(intents, replace(lexicon, quoted="es"), spanish.calibration)
    assert frozenset() == of_spanish_text.model("es").facts(number).lacks
