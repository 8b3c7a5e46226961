"""Cases and proposals as text, stanzas as YAML, and questions for `evaluate`.

Rule: a stanza can be pasted as it stands, and each line beside it says what would come of that. What this file
does not know: where it is printed.
"""

import json
from collections.abc import Iterable, Iterator

from bot.corpus.intents import ANSWER, Intent
from bot.editor.review.cases import Case
from bot.editor.review.proposals import Proposal
from bot.editor.review.trial import NOT_ANSWERED, Addition, Change, Trial
from bot.text.localized import FALLBACK
from bot.text.scripts import language_of
from bot.yamlfiles.documents import written
from bot.yamlfiles.fields import TODO

MOST_NAMED = 5
"""Of texts that an addition changes; the rest is a number."""


def review_text(proposals: Iterable[Proposal], settled: int) -> str:
    """The proposals one below the other, and how many cases were left out since they are settled."""
    parts = ["\n".join(_lines(proposal)) for proposal in proposals]
    if settled:
        parts.append(f"{settled} more: today's intents settle them.")
    return "\n\n".join(parts)


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
    yield f"{_times(len(case.entries))}: {_quoted(case.texts[0])}"
    if len(case.texts) > 1:
        yield f"  also: {_some(_quoted(text) for text in case.texts[1:])}"
    yield f"  became: {', '.join(_became(case))}"
    yield f"  today: {proposal.today}"
    if proposal.ranking:
        near = (f"{each.intent_id} {each.confidence:.0%}" for each in proposal.ranking[:3])
        yield f"  nearest: {', '.join(near)}"
    if proposal.addition is None or proposal.intent is None or proposal.trial is None:
        yield "  No answer is near. If the interview answers it, quote the passage (python -m bot derive); else"
        yield "  leave it, or add it to an intent of the kind out-of-scope."
        return
    yield from _advice(proposal.addition, proposal.intent, proposal.trial)
    if not proposal.addition.opposite and proposal.intent.kind == ANSWER and not case.taken():
        yield "  If it does not, the same line under not: says so, and this is not shown again."


def _became(case: Case) -> Iterator[str]:
    if case.number("fallback"):
        yield f"{case.number('fallback')} not answered"
    if case.number("wrong"):
        yield f"{case.number('wrong')} answered wrongly ({', '.join(case.shown('wrong')) or 'no answer'})"
    if case.number("offer"):
        chosen = [f"{number} took {intent_id}" for intent_id, number in case.taken()]
        refused = [f"{case.refused()} none of these"] if case.refused() else []
        yield f"{case.number('offer')} asked back ({', '.join((*chosen, *refused)) or 'nothing was chosen'})"


def _advice(addition: Addition, intent: Intent, trial: Trial) -> Iterator[str]:
    name = f"{intent.id} ({_quoted(intent.title.best(FALLBACK))}, {intent.at})"
    if addition.opposite:
        yield f"  If {name} does not answer it, add a negative example:"
    elif intent.kind == ANSWER:
        yield f"  If {name} answers it, add a phrase:"
    else:
        yield f"  If the interview does not answer it, add a phrase to {name}:"
    yield ""
    yield f"  - id: {addition.intent_id}"
    yield "    not:" if addition.opposite else "    phrases:"
    yield f"      {addition.phrase.language}:"
    yield f"        - {written(addition.phrase.text)}"
    yield ""
    yield f"  gains: {_some(f'{_quoted(each.text)} {each.now}' for each in trial.gained) or 'no other reply'}"
    if trial.mended:
        yield f"  mends: {trial.mended} of {trial.asked} that were asked besides"
    for broken in trial.broken:
        yield f"  breaks: {_change(broken)}"
    if not trial.broken:
        yield f"  breaks: none of {trial.asked} phrases and questions that were asked besides"


def _change(change: Change) -> str:
    """A text with what it would get."""
    fate = "not be answered" if change.now == NOT_ANSWERED else f"be {change.now}"
    return f"{change.where or 'question'}: {_quoted(change.text)} would {fate}"


def _some(texts: Iterable[str]) -> str:
    found = list(texts)
    more = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(found[:MOST_NAMED]) + more


def _quoted(text: str) -> str:
    return f'"{text}"'


def _times(number: int) -> str:
    return f"{number} times" if number > 1 else "once"
