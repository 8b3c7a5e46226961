"""What must be sent: one function for each word of the conversations.

Rule: a quotation is compared with the interview itself, and a line of the bot's own with the wording; only
`starts` and `contains` look at a text as it is written. What this file does not know: how it came about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.bot import Bot
from bot.conversation.requests import ShowIntent, encode
from bot.corpus.corpus import Corpus
from bot.text.scripts import language_of
from tests.telegram_app.conversation_files import Step
from tests.telegram_app.player import Shown
from tests.telegram_app.recorder import Json, buttons, quoted

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f"))
"""Of direction: they are not seen."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A step, what came of it, and the bot that it is compared with."""

    step: Step
    shown: Shown
    bot: Bot
    corpus: Corpus

    @property
    def text(self) -> str:
        """All that is shown, as it is seen."""
        return "\n".join(each["text"] for each in self.shown.messages).translate(_MARKS)

    @property
    def own_words(self) -> str:
        """All that is shown and no quotation."""
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

    def lines(self, key: str) -> set[str]:
        """A line of the wording in all languages, as far as nothing is filled in."""
        wordings = map(self.bot.wording, self.bot.languages())
        return {wording.lines[key].translate(_MARKS).split("{")[0].strip() for wording in wordings}


def _equal(scene: Scene, expected: object, found: object) -> None:
    assert expected == found, f"{scene.step.place}: expected {expected!r}, found {found!r}"


def meets(scene: Scene) -> None:
    """Raises AssertionError, with the place of the step, when not all of its expectations are met.

    Where something is expected at all, it is also looked at how many messages were sent.
    """
    words = scene.step.expectations()
    for word in (*words, *(() if "silent" in words or not words else ("messages",))):
        CHECKS[word](scene)


def _answer(scene: Scene) -> None:
    """The quotations of those intents, in that order, and the title of the first."""
    names = scene.step.texts("answer")
    replies = [scene.bot.respond(ShowIntent(name)) for name in names]
    expected = [quotation.exact for reply in replies for quotation in reply.quotations()]
    _equal(scene, expected, scene.quotes)
    intent = scene.corpus.answer(names[0])
    assert intent, f"{scene.step.place}: there is no intent {names[0]}"
    titles = {text.translate(_MARKS) for _, text in intent.title.texts}
    assert any(scene.text.startswith(title) for title in titles), scene.step.place


def _passage(scene: Scene) -> None:
    source = scene.corpus.source
    passage = source.passages[int(scene.step.text("passage")) - 1]
    _equal(scene, [source.whole(passage).exact], scene.quotes)


def _offer(scene: Scene) -> None:
    """At most three questions, those among them, and a way to refuse all."""
    *offered, last = (each.get("callback_data") for each in scene.buttons)
    wanted = {encode(ShowIntent(name)) for name in scene.step.texts("offer")}
    assert wanted <= set(offered), f"{scene.step.place}: {offered}"
    assert len(offered) <= 3, scene.step.place
    _equal(scene, "none", last)
    _equal(scene, [], scene.quotes)


def _fallback(scene: Scene) -> None:
    first = scene.text.split("\n")[0]
    assert first in scene.lines("not_answered") | scene.lines("no_words"), scene.step.place


def _small_talk(scene: Scene) -> None:
    intent = scene.corpus.intents.get(scene.step.text("small talk"))
    assert intent, scene.step.place
    assert scene.text in {text.translate(_MARKS) for _, text in intent.say.texts}, scene.step.place


def _page(scene: Scene) -> None:
    beginnings = scene.lines(scene.step.text("page"))
    assert any(beginning and scene.text.startswith(beginning) for beginning in beginnings), scene.step.place


def _silent(scene: Scene) -> None:
    _equal(scene, [], [call.method for call in scene.shown.calls])


def _in_place(scene: Scene) -> None:
    methods = {call.method for call in scene.shown.calls} - {"answerCallbackQuery"}
    _equal(scene, {"editMessageText"}, methods)


def _starts(scene: Scene) -> None:
    assert scene.text.startswith(scene.step.text("starts")), f"{scene.step.place}: {scene.text}"


def _contains(scene: Scene) -> None:
    for words in scene.step.texts("contains"):
        assert words in scene.text, f"{scene.step.place}: {scene.text}"


def _buttons(scene: Scene) -> None:
    """These, in this order; others may stand between them."""
    labels = iter(each["text"].translate(_MARKS) for each in scene.buttons)
    for wanted in scene.step.texts("buttons"):
        assert any(label.startswith(wanted) for label in labels), f"{scene.step.place}: {wanted}"


def _no_buttons(scene: Scene) -> None:
    _equal(scene, [], scene.buttons)


def _language(scene: Scene) -> None:
    """Latin letters are in every language (names, headings of the interview); others in one only."""
    languages = {language_of(word) for word in scene.own_words.split()} - {None}
    _equal(scene, {scene.step.text("language")}, languages - {"en"} or languages)


def _under(scene: Scene) -> None:
    """ "question": the visitor's message; "the other": the one that it replies to; "nothing"."""
    sent = _first_sent(scene)
    found = sent.get("reply_parameters", {}).get("message_id")
    asked = (scene.shown.update or {}).get("message", {})
    other = asked.get("reply_to_message", {}).get("message_id")
    expected = {"question": asked.get("message_id"), "the other": other, "nothing": None}
    _equal(scene, expected[scene.step.text("under")], found)


def _topic(scene: Scene) -> None:
    assert scene.step.text("topic") == str(_first_sent(scene).get("message_thread_id", "none")), (
        scene.step.place
    )


def _messages(scene: Scene) -> None:
    """One, where nothing else is said; and where nothing is said to be in place it is a new one."""
    expected = int(scene.step.text("messages") or 1)
    _equal(scene, expected, len(scene.shown.messages))
    if "in place" not in scene.step.expectations():
        _first_sent(scene)


def _first_sent(scene: Scene) -> Mapping[str, Any]:
    sent = [call.parameters for call in scene.shown.calls if call.method == "sendMessage"]
    assert sent, f"{scene.step.place}: nothing was sent"
    return sent[0]


CHECKS: dict[str, Callable[[Scene], None]] = {
    "answer": _answer,
    "passage": _passage,
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
