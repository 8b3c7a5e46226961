"""Which sentences mention a word."""

import pytest

from bot.conversation.mentions import MentionIndex, sentence_spans
from bot.corpus.intents import IntentSet
from bot.corpus.metadata import source_without_card
from bot.matching.lexicon import NameTable


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
    found = MentionIndex(source, IntentSet(()), NameTable()).of(question, source.language)
    assert mentioned == [sentence.exact for sentence in found.sentences]
