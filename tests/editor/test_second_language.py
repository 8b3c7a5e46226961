"""With Spanish beside English each message is read and answered in its own language."""

from dataclasses import replace

import pytest

from bot.conversation.bot import Bot
from bot.matching import Matcher
from bot.matching.model import Model


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


def test_two_spanish_questions_in_one_sentence_are_two(spanish: Bot) -> None:
    reply = spanish.answer("cuánto cuesta el billete y por qué paró en enero")
    assert "¿Cuánto cuesta el billete?" in str(reply.blocks)
    assert "¿Por qué paró en enero?" in str(reply.blocks)


def test_an_english_question_is_answered_as_if_there_were_no_spanish(english: Bot, spanish: Bot) -> None:
    """Each English phrase and negative example has the same ranking, so no Spanish one captures it; and the other way
    round each Spanish one is compared with Spanish ones alone."""
    for intent in spanish.corpus.intents.intents:
        for phrase in (*intent.phrases, *intent.negatives):
            utterance = spanish.matcher.utterance(phrase.text)
            assert phrase.language == utterance.language
            nearest = spanish.matcher.nearest_phrase(utterance, intent.id)
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
    assert "en" == lexicon.quoted_language
    number = sorted(intent.id for intent in intents.intents).index("ticket")
    assert "when" in spanish.matcher.model("es").facts(number).lacks
    of_spanish_text = Matcher(intents, replace(lexicon, quoted_language="es"), spanish.calibration)
    assert frozenset() == of_spanish_text.model("es").facts(number).lacks


@pytest.mark.parametrize("question", ["chto eto takoe", "как motor", "que es esto"])
def test_a_warm_bot_of_two_languages_makes_no_table_while_a_visitor_waits(
    question: str, spanish: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each language that shares its letters with another is read by itself, and has tables of its own."""
    warm = replace(spanish, matcher=spanish.matcher.with_intents(spanish.corpus.intents))
    warm.warm_up()
    monkeypatch.setattr(Model, "counted", lambda *_: pytest.fail("a table is made"))
    for language in ("en", "es"):
        assert warm.answer(question, language).blocks
