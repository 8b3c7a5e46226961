"""Which sentences mention a word."""

import pytest

from bot.conversation.mentions import MentionIndex, sentence_spans
from bot.corpus.intents import IntentSet
from bot.corpus.metadata import source_without_card
from bot.corpus.passages import Span
from bot.corpus.translations import TranslatedPart, Translations
from bot.matching.lexicon import Lexicon
from bot.yamlfiles.problems import Location


def test_a_sentence_ends_before_the_comma_of_the_narration() -> None:
    """In “I know it,” he said, the comma is the newspaper's."""
    source = source_without_card("Bread is old. I know it,", "text.txt")
    (passage,) = source.passages
    spans = sentence_spans(source, passage)
    assert ["Bread is old.", "I know it"] == [source.text[span.start : span.end] for span in spans]


TEXT = (
    "The harbour needs a stable crane. Every winter the ferry stops. A new crane costs a fortune. "
    + " ".join(f"Sentence {number} says nothing." for number in range(20))
)


@pytest.mark.parametrize(
    ("question", "mentioned"),
    [
        ("stable", ["The harbour needs a stable crane."]),
        ("harbur", ["The harbour needs a stable crane."]),
        ("table", []),  # another word, however alike
        ("crane fortune", ["The harbour needs a stable crane.", "A new crane costs a fortune."]),
        ("crane wizard dragon", []),  # a third of it is not what is asked about
    ],
)
def test_sentences_with_at_least_half_of_what_is_asked_about(question: str, mentioned: list[str]) -> None:
    """A slip of the finger is read over where hardly another word can be meant."""
    source = source_without_card(TEXT, "text.txt")
    found = MentionIndex(source, IntentSet(()), Lexicon(), Translations()).mentions(question, source.language)
    assert mentioned == [sentence.exact for sentence in found.sentences]


@pytest.mark.parametrize(
    ("word", "mentioned"), [("кран", 1), ("про кран", 1), ("кит", 0), ("нужен кран или кит", 0)]
)
def test_a_word_of_another_language_is_looked_for_in_the_translations(word: str, mentioned: int) -> None:
    """Where it is all that was typed. The sentence of the source is shown."""
    source = source_without_card(TEXT, "text.txt")
    first = Span(0, TEXT.index(".") + 1)
    translations = Translations(
        {"ru": (TranslatedPart(first, "Гавани нужен прочный кран.", Location("ru.yaml")),)}
    )
    found = MentionIndex(source, IntentSet(()), Lexicon(), translations).mentions(word, "ru")
    assert mentioned * ["The harbour needs a stable crane."] == [each.exact for each in found.of_word]
