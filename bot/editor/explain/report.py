"""An explanation as lines of text, and as a record for other programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bot.corpus.passages import Quotation
from bot.corpus.source import Source
from bot.editor.explain.explainer import CandidateReport, Explanation, FeatureReport, WordReport
from bot.text.languages import FALLBACK

_MEANINGS = {
    "constant": "before anything is known",
    "similarity": "like the phrases of the best candidate",
    "coverage": "words that its phrases have",
    "unknown": "words that no phrase has",
    "support": "words that many phrases have",
    "telling": "telling words among them",
    "words": "how many words",
    "names": "whom it names, and the passage, too",
    "ahead": "likelier under its phrases than out of scope",
    "discriminative": "how strongly the words point to any intent",
    "contrast": "likelier under its phrases than under negative examples",
    "evidence": "words that are asked where nothing is answered",
    "kind": "asks for what its phrases ask for",
    "actors": "names whom its phrases name",
    "swapped": "names two in the other order than its phrases do",
    "lacking": "asks for what the passage does not hold",
    "foreign": "a name or number that it does not have",
}
"""What the features mean."""

_ASKS_FOR = {
    "when": "a time",
    "how_much": "a sum",
    "how_many": "a number",
    "who": "a name",
    "where": "a place",
    "why": "a reason",
    "personal": "something for oneself",
    "how": "a way",
}

_AGAINST = {
    "contrast": "its words are usual in negative examples",
    "evidence": "it asks in words that are used where the interview gives no answer",
    "kind": "the phrases of that intent hardly ask for {asks_for}",
    "actors": "it names others than those phrases do, or in another order",
    "swapped": "it names two in the other order than those phrases do",
    "lacking": "it asks for {asks_for}, and the passage it could mean gives none",
    "foreign": "it has a name or a number that neither those phrases nor the passage have",
}
"""What a feature says that speaks against an answer."""

_LEAST_SAID = -0.3
"""Log-odds: what speaks less against an answer is not worth a word."""


def explanation_text(explanation: Explanation, source: Source, numbers: bool = False) -> str:
    """What was decided and why, in words; with `numbers` also how every word and feature was weighed."""
    parts = [f"Question: {explanation.question}", "", *_verdict(explanation)]
    parts.append(f"Decision: {explanation.decision}")
    parts += [f"  {line}" for quotation in explanation.quotations for line in _quotation(quotation, source)]
    parts += ["", "It may mean (confidence, share of all readings):"]
    for number, report in enumerate(explanation.candidates, 1):
        parts += _candidate(number, report)
    if explanation.flips:
        parts += ["", "It would be decided otherwise"]
        parts += [f'  without "{flip.without}": {flip.decision}' for flip in explanation.flips]
    return "\n".join([*parts, *(_numbers(explanation) if numbers else ())])


def _verdict(explanation: Explanation) -> Iterator[str]:
    about, answered, thresholds = explanation.about, explanation.answered, explanation.thresholds
    if explanation.word_for_word:
        yield "This very question is written down in the intents, and that alone decides."
    elif not explanation.candidates:
        yield "No phrase has any of these words."
    elif about < min(thresholds["offer"], thresholds["accept"]):
        yield f"This is hardly about the interview ({about:.0%})."
    elif about < thresholds["accept"]:
        yield f"It may be about the interview ({about:.0%}), but not surely enough for an answer."
    elif answered < thresholds["sure"]:
        reasons = "; ".join(_reasons(explanation)) or "nothing in the phrases says that it is answered"
        yield f"It is about the interview ({about:.0%}), but hardly answered ({answered:.0%}): {reasons}."
    else:
        unclear = ", but which of these is meant is not clear" if "offer" in explanation.decision else ""
        yield f"It is about the interview ({about:.0%}) and answered ({answered:.0%}){unclear}."
    yield from _together(explanation)
    if explanation.unmentioned_name:
        yield f"The interview never mentions {explanation.unmentioned_name}, so nothing is answered, only offered."


def _reasons(explanation: Explanation) -> Iterator[str]:
    """What speaks most against an answer, two things at most."""
    against = sorted(
        (feature.adds, feature.name) for feature in explanation.answered_features if feature.name in _AGAINST
    )
    for adds, name in against[:2]:
        if adds < _LEAST_SAID:
            yield _AGAINST[name].format(asks_for=_ASKS_FOR.get(explanation.asks_for, "that"))


def _numbers(explanation: Explanation) -> Iterator[str]:
    yield from ("", "Words: what they are taken for, and what they tell (0 to 1)")
    yield from (f"  {_word(word)}" for word in explanation.words)
    for title, chance, features in (
        ("Is it about the interview?", explanation.about, explanation.about_features),
        ("Is it answered, if it is?", explanation.answered, explanation.answered_features),
    ):
        yield from ("", f"{title} {chance:.0%}, from these features (log-odds):")
        yield from (f"  {_feature(feature)}" for feature in features)
    limits = explanation.thresholds
    yield ""
    yield (
        f"An answer needs {limits['accept']:.0%} for being about the interview, {limits['sure']:.0%} for being "
        f"answered, and a clear leader; something near is shown from {limits['offer']:.0%} for being about it on."
    )


def _together(explanation: Explanation) -> Iterator[str]:
    if explanation.together:
        names = " and ".join(candidate.intent_id for candidate in explanation.together)
        shares = [candidate.share for candidate in explanation.together]
        terms = " + ".join(f"{share:.0%}" for share in shares)
        yield (
            f"No candidate is likely enough alone. The answers of {names} read as one, so their shares are "
            f"added: {terms} = {sum(shares):.0%}."
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
    candidate = report.candidate
    yield f"  {number}. {candidate.intent_id:<32}{candidate.confidence:>6.1%}{candidate.share:>8.0%}"
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
