"""Each quotation of our intents is in the text; a falsified one is not, nor one of two speakers."""

import re
from collections.abc import Iterator

import pytest

from bot.corpus.corpus import Corpus
from bot.corpus.passages import Quotation
from bot.corpus.source import Source
from bot.yamlfiles.problems import Location, Problem

LOOK_ALIKES = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х"}  # Latin to Cyrillic


def wanted(corpus: Corpus) -> list[str]:
    """Every quotation that the intents ask for, as the editors wrote it."""
    return [quote.text for intent in corpus.intents.intents for quote in intent.quotes]


def test_every_quotation_is_a_slice_of_the_source(corpus: Corpus) -> None:
    """The characters shown are the source's own, inside one passage."""
    quotations = [q for intent in corpus.intents.answers() for q in corpus.quotations[intent.id]]
    assert len(wanted(corpus)) == len(quotations)
    for quotation in quotations:
        assert corpus.source.text[quotation.span.start : quotation.span.end] == quotation.exact
        assert quotation.passage.span.contains(quotation.span)


def rule_of(found: Quotation | Problem) -> str:
    assert isinstance(found, Problem), found
    return found.rule


def mutations(quote: str) -> Iterator[str]:
    """Small falsifications: a digit, a negation, a name, a letter of another script, a word too many
    or too few, another word order."""
    words = quote.split()
    yield from (re.sub(r"\d", lambda m: str((int(m.group()) + 1) % 10), quote, count=1),)
    yield re.sub(r"\bnot ", "", quote, count=1)
    yield re.sub(r"\bis\b", "is not", quote, count=1)
    yield re.sub(r"\bwill\b", "will not", quote, count=1)
    yield quote.replace("Iran", "Iraq", 1)
    yield quote.replace("Russia", "Prussia", 1)
    yield re.sub("[aeocpx]", lambda m: LOOK_ALIKES[m.group()], quote, count=1)
    yield " ".join(words[:2] + words[3:])
    yield " ".join([*words[:2], "really", *words[2:]])
    yield " ".join([words[1], words[0], *words[2:]])
    yield quote.swapcase()


def test_mutated_quotations_are_refused(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the falsifications of any quotation is found in the text."""
    refusal = Problem(Location("seeds/interview.txt"), "not-verbatim", "")
    # Looking for the nearest words takes 20 ms each time, and has a test of its own.
    monkeypatch.setattr(Source, "_not_verbatim", lambda *_: refusal)
    tried = 0
    for quote in wanted(corpus):
        for mutated in mutations(quote):
            if " ".join(mutated.split()) != " ".join(quote.split()):
                tried += 1
                assert not isinstance(corpus.source.find(mutated), Quotation), mutated
    assert tried > 5 * len(wanted(corpus))


def test_honest_rewrappings_are_accepted(corpus: Corpus) -> None:
    """Line breaks, straight quotation marks, no-break spaces and marks around the whole change nothing."""
    for quote in wanted(corpus):
        expected = corpus.source.find(quote)
        straight = quote.replace("“", '"').replace("”", '"').replace("’", "'")
        for variant in (
            quote.replace(" ", "\n  "),
            straight,
            quote.replace(" ", "\xa0"),
            f"“{quote}”",
            f" {quote} ",
        ):
            assert expected == corpus.source.find(variant)


def test_two_joined_passages_are_refused(corpus: Corpus) -> None:
    """Neighbouring passages cannot be quoted as one, whoever speaks."""
    text = corpus.source.text
    for first, second in zip(corpus.source.passages, corpus.source.passages[1:], strict=False):
        through = text[first.span.end - 30 : second.span.start + 30]
        assert "quote-crosses-speakers" == rule_of(corpus.source.find(through)), through
        skipping = (
            text[first.span.end - 30 : first.span.end]
            + " "
            + text[second.span.start : second.span.start + 30]
        )
        assert not isinstance(corpus.source.find(skipping), Quotation), skipping
