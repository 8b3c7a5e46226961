"""Proposals as text, with lines that can be pasted as they stand, and cases as questions for `evaluate`."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.editor.review.effects import NOT_ANSWERED
from bot.editor.review.placing import Insertion
from bot.editor.review.proposals import Case, Proposal
from bot.editor.templates import fill
from bot.text.languages import FALLBACK
from bot.yamlfiles.problems import TODO

_MOST_NAMED = 5
"""Of the texts that a line changes; the others are counted."""


def proposal_text(number: int, proposal: Proposal, where: Insertion | None) -> str:
    """One proposal of a numbered list. `where` is where its line belongs."""
    gained = proposal.effect.gained if proposal.effect else ()
    text = fill(
        "review/report.txt.j2",
        number=number,
        proposal=proposal,
        also=_some([f'"{text}"' for text in proposal.case.texts[1:]]),
        became=", ".join(_became(proposal.case)),
        insertion=where,
        gains=_some([f'"{each.text}" {each.now}' for each in gained]),
        not_answered=NOT_ANSWERED,
    )
    return text.rstrip("\n")


def question_lines(cases: Iterable[Case], language_in: Callable[[str], str | None]) -> str:
    """The questions of the cases in the form that `evaluate` reads; a person replaces each TODO."""
    records = (
        {
            "id": f"journal-{number}",
            "q": case.texts[0],
            "lang": language_in(case.texts[0]) or FALLBACK,
            "kind": TODO,
            "gold": [TODO],
        }
        for number, case in enumerate(cases, 1)
    )
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _became(case: Case) -> Iterator[str]:
    if case.count("fallback"):
        yield f"{case.count('fallback')} not answered"
    if case.count("wrong"):
        yield f"{case.count('wrong')} answered wrongly ({', '.join(case.shown('wrong')) or 'no answer'})"
    if case.count("offer"):
        chosen = [f"{number} took {intent_id}" for intent_id, number in case.chosen().items()]
        refused = [f"{case.refused()} none of these"] if case.refused() else []
        yield f"{case.count('offer')} asked back ({', '.join((*chosen, *refused)) or 'nothing was chosen'})"


def _some(texts: Sequence[str]) -> str:
    more = f", and {len(texts) - _MOST_NAMED} more" if len(texts) > _MOST_NAMED else ""
    return ", ".join(texts[:_MOST_NAMED]) + more
