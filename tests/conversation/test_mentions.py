"""Which sentences mention a word."""

from bot.conversation.mentions import sentence_spans
from bot.corpus.metadata import source_without_card


def test_a_sentence_ends_before_the_comma_of_the_narration() -> None:
    """In “I know it,” he said, the comma is the newspaper's."""
    source = source_without_card("Bread is old. I know it,", "text.txt")
    (passage,) = source.passages
    spans = sentence_spans(source, passage)
    assert ["Bread is old.", "I know it"] == [source.text[span.start : span.end] for span in spans]
