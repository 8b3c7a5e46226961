"""A reply as one JSON object, for other programs.

Other programs rely on this form (see README): keys are never renamed or left out, and `text` is exactly the source's
slice from `start` to `end`, counted in code points.
"""

from typing import Any

from bot.conversation.replies import Reply
from bot.corpus.corpus import Corpus
from bot.corpus.passages import Quotation
from bot.matching import Candidate
from bot.text.languages import FALLBACK

JsonObject = dict[str, Any]
"""What `json.dumps` writes as an object."""


def reply_record(reply: Reply, corpus: Corpus, identity: str | int | None, ms: float) -> JsonObject:
    """The record of a reply that took `ms` milliseconds. Confidences are per cent, 0 to 100.

    `quotes` is empty unless the decision is "answer": other quotations answer nothing.
    """
    answered = reply.kind == "answer"
    return {
        "id": identity,
        "decision": reply.kind,
        "language": reply.language,
        "intent": reply.intent_id,
        "confidence": _confidence(reply, corpus),
        "quotes": [_quote(each, corpus, reply.language) for each in reply.quotations()] if answered else [],
        "suggestions": [_suggestion(candidate, corpus, reply.language) for candidate in reply.offered],
        "ranking": [{"intent": c.intent_id, "confidence": _per_cent(c)} for c in reply.ranking],
        "ms": round(ms, 3),
    }


def _confidence(reply: Reply, corpus: Corpus) -> float:
    """That of the small talk, or of the best answer intent; out-of-scope intents do not count."""
    known = (c for c in reply.ranking if c.intent_id == reply.intent_id or c.intent_id in corpus.quotations)
    return max(map(_per_cent, known), default=0.0)


def _suggestion(candidate: Candidate, corpus: Corpus, language: str) -> JsonObject:
    intent = corpus.intents.get(candidate.intent_id)
    quotations = corpus.quotations.get(candidate.intent_id, ())
    return {
        "intent": candidate.intent_id,
        "title": intent.title.best(language) if intent else "",
        "confidence": _per_cent(candidate),
        "quotes": [_quote(each, corpus, language) for each in quotations],
    }


def _quote(quotation: Quotation, corpus: Corpus, language: str) -> JsonObject:
    """The translation is ours; it is null where there is none, and absent in the language of the source."""
    passage = quotation.passage
    record = {
        "text": quotation.exact,
        "start": quotation.span.start,
        "end": quotation.span.end,
        "speaker": passage.speaker.name.best(FALLBACK),
        "section": passage.section.title.best(FALLBACK) or passage.section.id,
    }
    if language != corpus.source.language:
        record["translation"] = corpus.translations.translation(quotation, language) or None
    return record


def _per_cent(candidate: Candidate) -> float:
    return round(100.0 * candidate.confidence, 2)
