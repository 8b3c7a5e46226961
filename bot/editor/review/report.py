"""Proposals as text, with lines that can be pasted as they stand, and cases as questions for `evaluate`."""

import json
from collections.abc import Iterable, Iterator

from bot.corpus.intents import ANSWER
from bot.editor.review.cases import Case
from bot.editor.review.effects import NOT_ANSWERED, Change, Effect
from bot.editor.review.proposals import Proposal
from bot.text.localized import FALLBACK
from bot.text.scripts import language_of
from bot.yamlfiles.documents import written
from bot.yamlfiles.fields import TODO

_MOST_NAMED = 5
"""Of the texts that a line changes; the others are counted."""


def review_text(proposals: Iterable[Proposal], settled: int) -> str:
    """The proposals one below the other, and the number of cases that were left out because they are settled."""
    paragraphs = ["\n".join(_lines(proposal)) for proposal in proposals]
    if settled:
        paragraphs.append(f"{settled} more: today's intents settle them.")
    return "\n\n".join(paragraphs)


def question_lines(cases: Iterable[Case]) -> str:
    """The questions of the cases in the form that `evaluate` reads; a person replaces each TODO."""
    records = (
        {
            "id": f"journal-{number}",
            "q": case.texts[0],
            "lang": language_of(case.texts[0]) or FALLBACK,
            "kind": TODO,
            "gold": [TODO],
        }
        for number, case in enumerate(cases, 1)
    )
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _lines(proposal: Proposal) -> Iterator[str]:
    case = proposal.case
    times = f"{len(case.entries)} times" if len(case.entries) > 1 else "once"
    yield f"{times}: {_quoted(case.texts[0])}"
    if len(case.texts) > 1:
        yield f"  also: {_some(_quoted(text) for text in case.texts[1:])}"
    yield f"  became: {', '.join(_became(case))}"
    yield f"  today: {proposal.today}"
    if proposal.ranking:
        near = (f"{each.intent_id} {each.confidence:.0%}" for each in proposal.ranking[:3])
        yield f"  nearest: {', '.join(near)}"
    if proposal.effect is None:
        yield "  No answer is near. If the interview answers it, quote the passage (python -m bot derive); else"
        yield "  leave it, or add it to an intent of the kind out-of-scope."
        return
    yield from _advice(proposal.effect)
    line = proposal.effect.line
    if not line.negative and line.intent.kind == ANSWER and not case.chosen():
        yield "  If it does not, the same line under not: says so, and this is not shown again."


def _became(case: Case) -> Iterator[str]:
    if case.count("fallback"):
        yield f"{case.count('fallback')} not answered"
    if case.count("wrong"):
        yield f"{case.count('wrong')} answered wrongly ({', '.join(case.shown('wrong')) or 'no answer'})"
    if case.count("offer"):
        chosen = [f"{number} took {intent_id}" for intent_id, number in case.chosen().items()]
        refused = [f"{case.refused()} none of these"] if case.refused() else []
        yield f"{case.count('offer')} asked back ({', '.join((*chosen, *refused)) or 'nothing was chosen'})"


def _advice(effect: Effect) -> Iterator[str]:
    line, intent = effect.line, effect.line.intent
    name = f"{intent.id} ({_quoted(intent.title.best(FALLBACK))}, {intent.at})"
    if line.negative:
        yield f"  If {name} does not answer it, add a negative example:"
    elif intent.kind == ANSWER:
        yield f"  If {name} answers it, add a phrase:"
    else:
        yield f"  If the interview does not answer it, add a phrase to {name}:"
    yield ""
    yield f"  - id: {intent.id}"
    yield "    not:" if line.negative else "    phrases:"
    yield f"      {line.phrase.language}:"
    yield f"        - {written(line.phrase.text)}"
    yield ""
    yield f"  gains: {_some(f'{_quoted(each.text)} {each.now}' for each in effect.gained) or 'no other reply'}"
    if effect.mended:
        yield f"  mends: {effect.mended} of {effect.asked} that were asked besides"
    yield from (f"  breaks: {_change(each)}" for each in effect.broken)
    if not effect.broken:
        yield f"  breaks: none of {effect.asked} phrases and questions that were asked besides"


def _change(change: Change) -> str:
    would = "not be answered" if change.now == NOT_ANSWERED else f"be {change.now}"
    return f"{change.where or 'question'}: {_quoted(change.text)} would {would}"


def _some(texts: Iterable[str]) -> str:
    found = list(texts)
    more = f", and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return ", ".join(found[:_MOST_NAMED]) + more


def _quoted(text: str) -> str:
    return f'"{text}"'
