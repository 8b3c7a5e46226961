"""What our own intents must hold, whatever they say. An edit of them may break these tests."""

from itertools import pairwise

import pytest

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.editor.check import check
from bot.editor.coverage.measure import measure
from bot.editor.coverage.paragraphs import paragraphs
from bot.editor.coverage.report import coverage_record
from bot.loading.loader import INTENTS, SOURCE, Loaded
from bot.loading.topics import calibration_file
from bot.matching import BUILT_IN
from bot.matching.calibration_file import read_calibration
from bot.yamlfiles.documents import parse_document


def test_our_intents_keep_all_rules(bot: Bot) -> None:
    """So `check --strict` can guard them."""
    assert () == check(bot)


@pytest.mark.parametrize(("language", "phrases", "negatives"), [("en", 30, 12), ("ru", 15, 4), ("fa", 15, 4)])
def test_each_of_our_answers_has_many_phrases(
    corpus: Corpus, language: str, phrases: int, negatives: int
) -> None:
    """With fewer phrases too many questions find nothing, with fewer negative examples too many get a wrong answer."""
    poor = [
        intent.id
        for intent in corpus.intents.answers()
        if sum(each.language == language for each in intent.phrases) < phrases
        or sum(each.language == language for each in intent.negatives) < negatives
    ]
    assert [] == poor


def test_our_intents_have_the_calibration_beside_them(bot: Bot) -> None:
    """The one that `calibrate --write` wrote, not the built-in one."""
    node, _ = parse_document(calibration_file(INTENTS).read_text(encoding="utf-8"), "calibration.yaml")
    assert node is not None
    file, problems = read_calibration(node)
    assert file is not None, problems
    assert bot.calibration == file.calibration != BUILT_IN


def test_our_calibration_is_fitted_to_our_intents(loaded: Loaded) -> None:
    """Whoever edits phrases runs `python -m bot calibrate --write` before the release."""
    assert [] == [str(problem) for problem in loaded.problems]


def test_the_pieces_of_the_interview_are_its_passages(corpus: Corpus) -> None:
    """Without gap or overlap, and the part that is quoted is the one of the line at the start."""
    coverage = measure(corpus)
    for each in coverage.passages:
        spans = [piece.span for piece in each.pieces]
        assert (each.passage.span.start, each.passage.span.end) == (spans[0].start, spans[-1].end)
        assert all(first.end == second.start for first, second in pairwise(spans))
    assert round(corpus.quoted_part(), 4) == coverage_record(coverage)["quoted"]


def test_every_intent_that_answers_is_in_the_coverage(corpus: Corpus) -> None:
    """Each quotes something."""
    assert set(corpus.intents.answers()) == set(measure(corpus).intents)


def test_an_attribution_stands_with_the_words_it_belongs_to(corpus: Corpus) -> None:
    """And a quotation mark with those it opens."""
    shown = [
        "".join(corpus.source.text[s.span.start : s.span.end] for s in each.segments)
        for each in paragraphs(corpus.source)
    ]
    assert corpus.source.text == "".join(shown)
    after_the_meeting = next(each for each in shown if "Right after this meeting" in each)
    assert after_the_meeting.startswith("“Right after this meeting")
    assert after_the_meeting.rstrip().endswith("agreements,” he said.")


def test_what_a_new_interview_starts_with_names_nothing_of_ours(corpus: Corpus) -> None:
    """`new` copies these files, whatever the interview is about."""
    names = {passage.speaker.name for passage in corpus.source.passages}
    named = {word for name in names for _, text in name.texts for word in text.split()}
    texts = [path.read_text(encoding="utf-8") for path in (SOURCE.parent / "starter").rglob("*.yaml")]
    assert len(texts) == 16
    assert [] == [word for word in (*named, "SB/MQ/MG", "June 17") if any(word in text for text in texts)]
