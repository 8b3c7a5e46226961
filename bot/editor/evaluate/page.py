"""The results of an evaluation as one self-contained HTML page: figures, plots, confusions and misses."""

import math
from collections import Counter
from pathlib import Path

from bot.corpus.corpus import Corpus
from bot.editor.evaluate.report import kind_name, ranking_figures, score_record
from bot.editor.evaluate.scorecard import Scorecard
from bot.editor.questions import Outcome, correct_quotations
from bot.editor.templates import fill

_BINS = 10
_MOST_CONFUSED = 20


def score_page(card: Scorecard, corpus: Corpus) -> str:
    return fill(
        Path(__file__).with_name("page.html.j2"),
        record=score_record(card),
        ranking=[(name, value) for name, value in ranking_figures(card) if not math.isnan(value)],
        near_shown=card.share(Outcome.NEAR_SHOWN),
        kind_name=kind_name,
        outcomes=[outcome.value for outcome in Outcome],
        right_curve=[(threshold, right) for threshold, right, _ in card.trade_off() if not math.isnan(right)],
        false_curve=[(threshold, false) for threshold, _, false in card.trade_off() if not math.isnan(false)],
        histogram=_histogram(card),
        confusions=_confusions(card, corpus),
        misses=[(miss, correct_quotations(miss.question, corpus)) for miss in card.misses()],
    )


def _histogram(card: Scorecard) -> list[tuple[int, int]]:
    """For each tenth of confidence, in how many questions the best answer is right, and in how many it is not."""
    ranges = [(min(_BINS - 1, int(result.confidence * _BINS)), result.rank == 1) for result in card.results]
    return [(ranges.count((number, True)), ranges.count((number, False))) for number in range(_BINS)]


def _confusions(card: Scorecard, corpus: Corpus) -> list[tuple[tuple[str, str], int]]:
    """Intents that were meant, intents that were ranked first instead, and how often; the most frequent first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for result in card.answerable():
        if result.rank != 1 and result.reply.ranking:
            wanted = next(iter(correct_quotations(result.question, corpus)), "no intent")
            pairs[wanted, result.reply.ranking[0].intent_id] += 1
    return pairs.most_common(_MOST_CONFUSED)
