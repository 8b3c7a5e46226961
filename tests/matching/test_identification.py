"""Languages in the same letters are told apart by what is written in them."""

import pytest
import yaml

from bot.matching.identification import Identifier, language_of_text
from tests.tables import DATA

LANGUAGES = yaml.safe_load((DATA / "languages.yaml").read_text(encoding="utf-8"))


def messages(*kinds: str) -> list[tuple[str, str]]:
    return [
        (language, text) for language, texts in LANGUAGES.items() for kind in kinds for text in texts[kind]
    ]


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    """With a dozen phrases in each of four languages."""
    texts = {language: texts["phrases"] for language, texts in LANGUAGES.items()}
    return Identifier(texts, {"yandex", "moscow"}.__contains__)


@pytest.mark.parametrize(("language", "text"), messages("phrases", "ordinary", "misspelt"))
def test_the_language_of_a_sentence_is_told(language: str, text: str, identifier: Identifier) -> None:
    """By function words mostly, so that slips and unknown subjects do no harm."""
    assert language == identifier.tell(text)


@pytest.mark.parametrize(("language", "text"), messages("short"))
def test_two_words_are_told_or_left_open(language: str, text: str, identifier: Identifier) -> None:
    """ "Es verdad" may begin in German, too."""
    assert identifier.tell(text) in {language, None}
    assert identifier.tell("es verdad") is None
    assert identifier.tell("y cuándo") == identifier.tell("y cuando") == "es"


@pytest.mark.parametrize(
    "text", ["yandex", "Yandex, Moscow", "startup", "amsterdam", "5g", "5?", "👍", "", "ab" * 3000]
)
def test_a_name_alone_tells_no_language(text: str, identifier: Identifier) -> None:
    """Neither one that is in the table of names, nor one in no phrase; nor a text without words."""
    assert identifier.tell(text) is None


def test_a_name_in_another_language_does_not_turn_a_question(identifier: Identifier) -> None:
    """Although its letters are English."""
    assert "es" == identifier.tell("quién es Theodore Birthwright")
    assert "tr" == identifier.tell("Theodore kim")


def test_languages_without_known_function_words_are_told_by_their_phrases() -> None:
    """No table is needed for a language, only text in it."""
    texts = {
        "pl": ["kiedy zbudowano most", "dlaczego most jest zamknięty zimą", "ile kosztuje przejazd"],
        "sv": ["när byggdes bron", "varför är bron stängd på vintern", "hur mycket kostar det att åka över"],
    }
    identifier = Identifier(texts)
    assert "pl" == identifier.tell("dlaczego jest zamknięty")
    assert "sv" == identifier.tell("varför är den stängd")


def test_the_language_of_a_whole_text_is_told_by_its_commonest_words() -> None:
    """So that a new interview is known to be Spanish before anybody has written a phrase."""
    for language, texts in LANGUAGES.items():
        assert language == language_of_text(". ".join((*texts["phrases"], *texts["ordinary"])))
    assert language_of_text("Когда построили мост?") is None
    assert language_of_text("1890") is None
