"""Our interview is what was printed, and says who speaks."""

import hashlib

from bot.corpus.corpus import Corpus
from bot.loading.loader import SOURCE

CHECKSUM = "8933fd69245f75bbe5cd798570f94a77eb7afa23401d77cb65d40944494f0be3"


def test_the_interview_is_unaltered() -> None:
    """Byte for byte the text that was published."""
    assert CHECKSUM == hashlib.sha256(SOURCE.read_bytes()).hexdigest()


def test_separators_hold_no_words(corpus: Corpus) -> None:
    """Between two segments there are only spaces and quotation marks."""
    text = corpus.source.text
    separators = [text[s.span.start : s.span.end] for s in corpus.source.segments if s.kind == "separator"]
    assert separators
    assert "" == "".join(separators).strip(" \xa0“”")


def test_no_passage_holds_an_unpaired_attribution(corpus: Corpus) -> None:
    """His passages hold no "he said": those words are the newspaper's."""
    own = [corpus.source.whole(p).exact for p in corpus.source.passages if p.speaker.direct]
    assert [] == [text for text in own if " he said" in text or "Mamonov" in text]


def test_telegram_alters_no_character_of_the_interview(corpus: Corpus) -> None:
    """Telegram turns control characters into spaces and drops U+2028 to U+202E and three combining
    marks (td, clean_input_string); a passage with one would not arrive verbatim."""
    altered = {chr(n) for n in (*range(32), 0x333, 0x33F, 0x30A, *range(0x2028, 0x202F))}
    assert set() == altered & set(corpus.source.text)
