"""Proposals as text, with lines that can be pasted as they stand, and cases as questions for `evaluate`."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.editor.review.cases import Case
from bot.editor.review.effects import NOT_ANSWERED, Effect, Line
from bot.editor.review.proposals import Proposal
from bot.editor.templates import fill
from bot.text.languages import FALLBACK, language_of
from bot.yamlfiles.documents import written
from bot.yamlfiles.fields import TODO

_MOST_NAMED = 5
"""Of the texts that a line changes; the others are counted."""


def review_text(proposals: Iterable[Proposal], settled: int) -> str:
    """The proposals one below the other, and the number of cases that were left out because they are settled."""
    text = fill(
        Path(__file__).with_name("report.txt.j2"),
        proposals=proposals,
        settled=settled,
        became=_became,
        gains=_gains,
        nearest=_nearest,
        other_texts=_other_texts,
        place=_place,
        file=_file,
        written=written,
        fallback=FALLBACK,
        not_answered=NOT_ANSWERED,
    )
    return text.rstrip("\n")


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


def _file(line: Line) -> str:
    """The file that the line belongs into: where the phrases of its language stand, which may be none so far."""
    intent, language = line.intent, line.phrase.language
    written_down = (*intent.phrases, *intent.negatives)
    for each in written_down:
        if each.language == language:
            return each.at.path
    if all(each.at.path == intent.at.path for each in written_down):
        return intent.at.path
    topic = Path(intent.at.path)
    return str(topic.parent / language / topic.name)


def _place(line: Line) -> str:
    """The file, and where there is one the last line of the list that grows."""
    path = _file(line)
    listed = line.intent.negatives if line.negative else line.intent.phrases
    places = [each.at for each in listed if each.at.path == path and each.language == line.phrase.language]
    return str(max(places)) if places else path


def _became(case: Case) -> Iterator[str]:
    if case.count("fallback"):
        yield f"{case.count('fallback')} not answered"
    if case.count("wrong"):
        yield f"{case.count('wrong')} answered wrongly ({', '.join(case.shown('wrong')) or 'no answer'})"
    if case.count("offer"):
        chosen = [f"{number} took {intent_id}" for intent_id, number in case.chosen().items()]
        refused = [f"{case.refused()} none of these"] if case.refused() else []
        yield f"{case.count('offer')} asked back ({', '.join((*chosen, *refused)) or 'nothing was chosen'})"


def _nearest(proposal: Proposal) -> Iterator[str]:
    return (f"{each.intent_id} {each.confidence:.0%}" for each in proposal.ranking[:3])


def _other_texts(case: Case) -> str:
    return _some([f'"{text}"' for text in case.texts[1:]])


def _gains(effect: Effect) -> str:
    return _some([f'"{each.text}" {each.now}' for each in effect.gained])


def _some(texts: Sequence[str]) -> str:
    more = f", and {len(texts) - _MOST_NAMED} more" if len(texts) > _MOST_NAMED else ""
    return ", ".join(texts[:_MOST_NAMED]) + more
