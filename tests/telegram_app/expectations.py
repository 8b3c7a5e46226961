"""What must be sent: one function for each key of the conversations.

A quotation is compared with the interview itself, and a line of the bot's own with the wording; only
`starts` and `contains` compare a text as it is written.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.bot import Bot
from bot.conversation.requests import ShowIntent, encode
from bot.corpus.corpus import Corpus
from bot.corpus.intents import ANSWER
from bot.text.languages import language_of
from tests.telegram_app.conversation_files import Step
from tests.telegram_app.player import Shown
from tests.telegram_app.recorder import Json, buttons, quoted

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))
"""The marks of direction, which a screen does not show."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step, what the bot did then, and the bot to compare it with."""

    step: Step
    shown: Shown
    bot: Bot

    @property
    def corpus(self) -> Corpus:
        return self.bot.corpus

    @property
    def text(self) -> str:
        """All that the screen shows."""
        return "\n".join(each["text"] for each in self.shown.messages).translate(_MARKS)

    @property
    def own_words(self) -> str:
        """All that the screen shows but quotations."""
        text = self.text
        for quote in self.quotes:
            text = text.replace(quote, "")
        return text

    @property
    def quotes(self) -> list[str]:
        return [quote for each in self.shown.messages for quote in quoted(each)]

    @property
    def buttons(self) -> list[Json]:
        return [button for each in self.shown.messages for button in buttons(each)]

    @property
    def is_group(self) -> bool:
        return any(each["chat"]["type"] != "private" for each in self.shown.messages)

    def lines(self, key: str) -> set[str]:
        """A line of the wording in all languages, up to the first placeholder or optional part."""
        wordings = map(self.bot.wording, self.bot.languages())
        return {re.split(r"[{\[]", wording.lines[key].translate(_MARKS))[0].strip() for wording in wordings}


def _equal(outcome: Outcome, expected: object, found: object) -> None:
    assert expected == found, f"{outcome.step.place}: expected {expected!r}, found {found!r}"


def check(outcome: Outcome) -> None:
    """Raises AssertionError, with the place of the step, when not all of its expectations are met.

    Where something is expected at all, the number of messages is checked too.
    """
    words = outcome.step.expectations()
    for word in (*words, *(() if "silent" in words or not words else ("messages",))):
        CHECKS[word](outcome)


def _answer(outcome: Outcome) -> None:
    """The quotations of those intents, in that order, and the title of the first."""
    names = outcome.step.texts("answer")
    replies = [outcome.bot.respond(ShowIntent(name)) for name in names]
    expected = [quotation.exact for reply in replies for quotation in reply.quotations()]
    _equal(outcome, expected, outcome.quotes)
    intent = outcome.corpus.answer(names[0])
    assert intent, f"{outcome.step.place}: there is no intent {names[0]}"
    if outcome.is_group and len(names) == 1 and intent.kind == ANSWER:
        return  # short: without the title
    titles = {text.translate(_MARKS) for _, text in intent.title.texts}
    assert any(outcome.text.startswith(title) for title in titles), outcome.step.place


def _passage(outcome: Outcome) -> None:
    source = outcome.corpus.source
    passage = source.passages[int(outcome.step.text("passage")) - 1]
    _equal(outcome, [source.whole(passage).exact], outcome.quotes)


def _nearest(outcome: Outcome) -> None:
    """The quotations of that intent under a line that says what they are, and a way to refuse all."""
    reply = outcome.bot.respond(ShowIntent(outcome.step.text("nearest")))
    _equal(outcome, [quotation.exact for quotation in reply.quotations()], outcome.quotes)
    lines = outcome.lines("not_exactly") | outcome.lines("maybe_this")
    assert any(line in outcome.own_words for line in lines), f"{outcome.step.place}: {outcome.text}"
    _equal(outcome, "none", outcome.buttons[-1].get("callback_data"))


def _offer(outcome: Outcome) -> None:
    """At most three questions, those among them, and a way to refuse all."""
    *offered, last = (each.get("callback_data") for each in outcome.buttons)
    wanted = {encode(ShowIntent(name)) for name in outcome.step.texts("offer")}
    assert wanted <= set(offered), f"{outcome.step.place}: {offered}"
    assert len(offered) <= 3, outcome.step.place
    _equal(outcome, "none", last)
    _equal(outcome, [], outcome.quotes)


def _fallback(outcome: Outcome) -> None:
    first = outcome.text.split("\n")[0]
    assert first in outcome.lines("not_answered") | outcome.lines("no_words") | outcome.lines(
        "other_words"
    ), outcome.step.place


def _small_talk(outcome: Outcome) -> None:
    intent = outcome.corpus.intents.get(outcome.step.text("small talk"))
    assert intent, outcome.step.place
    lines = {text.translate(_MARKS) for _, text in intent.say.texts}
    assert any(outcome.text.startswith(line) if intent.page else outcome.text == line for line in lines)


def _page(outcome: Outcome) -> None:
    beginnings = outcome.lines(outcome.step.text("page"))
    assert any(beginning and outcome.text.startswith(beginning) for beginning in beginnings), (
        outcome.step.place
    )


def _silent(outcome: Outcome) -> None:
    _equal(outcome, [], [call.method for call in outcome.shown.calls])


def _in_place(outcome: Outcome) -> None:
    methods = {call.method for call in outcome.shown.calls} - {"answerCallbackQuery"}
    _equal(outcome, {"editMessageText"}, methods)


def _starts(outcome: Outcome) -> None:
    assert outcome.text.startswith(outcome.step.text("starts")), f"{outcome.step.place}: {outcome.text}"


def _contains(outcome: Outcome) -> None:
    for words in outcome.step.texts("contains"):
        assert words in outcome.text, f"{outcome.step.place}: {outcome.text}"


def _buttons(outcome: Outcome) -> None:
    """These, in this order; there may be others between them."""
    labels = iter(each["text"].translate(_MARKS) for each in outcome.buttons)
    for wanted in outcome.step.texts("buttons"):
        assert any(label.startswith(wanted) for label in labels), f"{outcome.step.place}: {wanted}"


def _no_buttons(outcome: Outcome) -> None:
    _equal(outcome, [], outcome.buttons)


def _language(outcome: Outcome) -> None:
    """Latin letters are in every language (names, headings of the interview); others in one only."""
    languages = {language_of(word) for word in outcome.own_words.split()} - {None}
    _equal(outcome, {outcome.step.text("language")}, languages - {"en"} or languages)


def _under(outcome: Outcome) -> None:
    """ "question": the visitor's message; "the other": the one that it replies to; "nothing"."""
    sent = _first_sent(outcome)
    found = sent.get("reply_parameters", {}).get("message_id")
    asked = (outcome.shown.update or {}).get("message", {})
    other = asked.get("reply_to_message", {}).get("message_id")
    expected = {"question": asked.get("message_id"), "the other": other, "nothing": None}
    _equal(outcome, expected[outcome.step.text("under")], found)


def _topic(outcome: Outcome) -> None:
    assert outcome.step.text("topic") == str(_first_sent(outcome).get("message_thread_id", "none")), (
        outcome.step.place
    )


def _messages(outcome: Outcome) -> None:
    """One unless the step says otherwise, and a new one unless it says "in place"."""
    expected = int(outcome.step.text("messages") or 1)
    _equal(outcome, expected, len(outcome.shown.messages))
    if "in place" not in outcome.step.expectations():
        _first_sent(outcome)


def _first_sent(outcome: Outcome) -> Mapping[str, Any]:
    sent = [call.parameters for call in outcome.shown.calls if call.method == "sendMessage"]
    assert sent, f"{outcome.step.place}: nothing was sent"
    return sent[0]


CHECKS: dict[str, Callable[[Outcome], None]] = {
    "answer": _answer,
    "passage": _passage,
    "nearest": _nearest,
    "offer": _offer,
    "fallback": _fallback,
    "small talk": _small_talk,
    "page": _page,
    "silent": _silent,
    "in place": _in_place,
    "starts": _starts,
    "contains": _contains,
    "buttons": _buttons,
    "no buttons": _no_buttons,
    "language": _language,
    "under": _under,
    "topic": _topic,
    "messages": _messages,
}
