"""An explanation as lines of text, and as a record for other programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bot.corpus.passages import Quotation
from bot.corpus.source import Source
from bot.editor.explain.explainer import CandidateReport, Explanation, FeatureReport, WordReport
from bot.text.localized import FALLBACK

_MEANINGS = {
    "constant": "before anything is known",
    "similarity": "like the leader's phrases",
    "unknown": "words that no phrase knows",
    "contrast": "likelier under phrases than under negative examples",
    "refusal": "like out-of-scope phrases",
    "evidence": "words that speak against being answered",
    "discriminative": "how strongly the words point to any intent",
}
"""What the answerability features mean."""


def explanation_text(explanation: Explanation, source: Source) -> str:
    """The words, the candidates, whether the question is answered, the decision, and what would change it."""
    parts = [
        f"Question: {explanation.question}",
        "",
        "Words: what they are taken for, and what they tell (0 to 1)",
    ]
    parts += [f"  {_word(word)}" for word in explanation.words]
    parts += ["", "Candidates: confidence, share, similarity, coverage"]
    for number, report in enumerate(explanation.candidates, 1):
        parts += _candidate(number, report)
    parts += ["", f"Is it answered at all? {explanation.answered:.0%}, from these features (log-odds):"]
    parts += [f"  {_feature(feature)}" for feature in explanation.features]
    parts += ["", f"Answered from {explanation.accept:.0%} on, offered from {explanation.offer:.0%} on."]
    parts += _together(explanation)
    if explanation.word_for_word:
        parts.append("This very question is written down in the intents, and that alone decides.")
    if explanation.unmentioned_name:
        parts.append(
            f"The interview never mentions {explanation.unmentioned_name}, so nothing is answered, only offered."
        )
    parts.append(f"Decision: {explanation.decision}")
    parts += [f"  {line}" for quotation in explanation.quotations for line in _quotation(quotation, source)]
    if explanation.flips:
        parts += ["", "It would be decided otherwise"]
        parts += [f'  without "{flip.without}": {flip.decision}' for flip in explanation.flips]
    return "\n".join(parts)


def _together(explanation: Explanation) -> Iterator[str]:
    if explanation.together:
        names = " and ".join(candidate.intent_id for candidate in explanation.together)
        confidences = [candidate.confidence for candidate in explanation.together]
        terms = " + ".join(f"{confidence:.0%}" for confidence in confidences)
        yield (
            f"No candidate reaches that alone. The answers of {names} stand side by side in the text, so their "
            f"confidences are added: {terms} = {sum(confidences):.0%}."
        )


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """The same as JSON values; quotations by their passage and span."""
    record = asdict(explanation)
    record["quotations"] = [
        {"passage": q.passage.id, "start": q.span.start, "end": q.span.end, "text": q.exact}
        for q in explanation.quotations
    ]
    return record


def _word(word: WordReport) -> str:
    if not word.taken_for:
        taken = "unknown to all phrases"
    elif word.taken_for == (word.typed,):
        taken = "known"
    else:
        taken = f"{' or '.join(word.taken_for)} ({word.similarity:.0%} alike)"
    return f"{word.typed:<18}{word.weight:>6.2f}  {taken}"


def _candidate(number: int, report: CandidateReport) -> Iterator[str]:
    candidate, features = report.candidate, report.candidate.features
    figures = f"{candidate.confidence:>6.1%}{candidate.share:>8.0%}{features.similarity:>7.2f}{features.coverage:>6.2f}"
    yield f"  {number}. {candidate.intent_id:<32}{figures}"
    if report.phrase:
        yield f'       nearest phrase "{report.phrase}" ({report.at})'
    if report.negative and number == 1:
        yield f'       nearest negative example "{report.negative}"'


def _feature(feature: FeatureReport) -> str:
    return f"{feature.adds:>+6.2f}  {_MEANINGS[feature.name]} ({feature.name} {feature.value:.2f})"


def _quotation(quotation: Quotation, source: Source) -> Iterator[str]:
    passage = quotation.passage
    line, _ = source.place(quotation.span.start)
    speaker = passage.speaker.name.best(FALLBACK) or "an unknown speaker"
    yield f'"{quotation.exact}"'
    yield (
        f"{source.path}:{line}, characters {quotation.span.start} to {quotation.span.end}; "
        f"passage {passage.number} of {len(source.passages)} ({passage.id}), {speaker}"
    )
