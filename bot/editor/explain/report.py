"""An explanation as lines of text, and as a record for other programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bot.corpus.passages import Quotation
from bot.corpus.source import Source
from bot.editor.explain.explainer import CandidateReport, Explanation, WordReport
from bot.text.folding import comparison_key
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
    "nearer": "more like its most similar phrase than like what is not answered",
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
    "nearer": "it looks more like a negative example than like any phrase",
}
"""What a feature says that speaks against an answer."""

_LEAST_SAID = -0.3
"""What takes less from the chance (in log-odds) is not worth a word."""

_MOST_NAMED = 3
"""Intents among which an editor may choose."""


def explanation_text(explanation: Explanation, source: Source, numbers: bool = False) -> str:
    """What was decided and why, in words; with `numbers` also how every word and feature was weighed."""
    parts = [f"Question: {explanation.question}", "", *_verdict(explanation)]
    parts.append(f"Decision: {explanation.decision}")
    parts += [f"  {line}" for quotation in explanation.quotations for line in _quotation(quotation, source)]
    how = "how sure the bot is that this is asked and answered; how likely beside the others"
    parts += ["", f"It may mean ({how}):"]
    for number, report in enumerate(explanation.candidates, 1):
        parts += _candidate(number, report)
    if explanation.flips:
        parts += ["", "It would be decided otherwise"]
        parts += [f'  without "{flip.without}": {flip.decision}' for flip in explanation.flips]
    parts += _numbers(explanation) if numbers else ()
    return "\n".join([*parts, "", "What to do:", *(f"  {line}" for line in _next_steps(explanation))])


def _next_steps(explanation: Explanation) -> Iterator[str]:
    """What an editor may write, and where."""
    kind = explanation.decision.split()[0]
    answers = [each for each in explanation.candidates if each.is_answer]
    if explanation.word_for_word:
        yield f"If this is not right, move the line {_written(explanation)}: under phrases: of the intent that answers"
        yield "the question, or under not: of one that does not."
    elif kind == "answer":
        yield "If this is right, nothing. If another intent is right, add the question under its phrases:."
        yield f"If none is, add it under not: of {_with_place(answers[0], negative=True)}."
    elif not answers:
        yield "If the interview does not answer it, nothing. If it does, python -m bot coverage shows which passages"
        yield "have no intent yet, and python -m bot derive drafts one."
    else:
        yield "If one of these answers it, add the question under its phrases:"
        yield from (f"  {_with_place(each)}" for each in answers[:_MOST_NAMED])
        refused = "nothing" if kind == "refuse" else "add it under not: of the first"
        yield f"If the interview does not answer it, {refused}."


def _written(explanation: Explanation) -> str:
    """Where the question stands: it is the nearest phrase or the nearest negative example of some candidate."""
    keys = comparison_key(explanation.question)
    for each in explanation.candidates:
        for text, at in ((each.phrase, each.at), (each.negative, each.negative_at)):
            if comparison_key(text) == keys:
                return str(at)
    return "with these words"


def _with_place(report: CandidateReport, negative: bool = False) -> str:
    at = (report.negative_at if negative else None) or report.at
    return f"{report.candidate.intent_id} ({at})" if at else report.candidate.intent_id


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
    features = explanation.answered_features
    against = sorted((feature.adds, feature.name) for feature in features if feature.name in _AGAINST)
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
        yield from ("", f"{title} {chance:.0%}, made of these: + raises it, - lowers it, 0 does neither")
        for each in features:
            yield f"  {each.adds:>+6.2f}  {_MEANINGS[each.name]} ({each.name} {each.value:.2f})"
    limits = explanation.thresholds
    yield ""
    yield (
        f"The bot answers when it is {limits['accept']:.0%} sure that the question is about the interview, "
        f"{limits['sure']:.0%} sure that it is answered, and one intent is clearly ahead; it shows something near "
        f"when it is {limits['offer']:.0%} sure that it is about the interview. In brackets: the name in the program, "
        "and the value from which the chance is made."
    )


def _together(explanation: Explanation) -> Iterator[str]:
    if explanation.together:
        names = " and ".join(candidate.intent_id for candidate in explanation.together)
        shares = [candidate.share for candidate in explanation.together]
        added = f"{' + '.join(f'{share:.0%}' for share in shares)} = {sum(shares):.0%}"
        alone = "No intent is likely enough alone."
        yield f"{alone} The answers of {names} read as one, so their chances are added: {added}."


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
        yield f'       nearest negative example "{report.negative}" ({report.negative_at})'


def _quotation(quotation: Quotation, source: Source) -> Iterator[str]:
    passage, span = quotation.passage, quotation.span
    speaker = passage.speaker.name.best(FALLBACK) or "an unknown speaker"
    place = f"{source.path}:{source.place(span.start).line}, characters {span.start} to {span.end}"
    yield f'"{quotation.exact}"'
    yield f"{place}; passage {passage.number} of {len(source.passages)} ({passage.id}), {speaker}"
