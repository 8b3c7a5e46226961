"""What must hold for any input: each target takes bytes, and fails by an exception."""

import time
from collections.abc import Callable
from dataclasses import replace

from bot.conversation.bot import Bot
from bot.conversation.replies import Remark, Reply
from bot.corpus.intent_files import read_intents
from bot.corpus.metadata import read_source
from bot.corpus.passages import Quotation
from bot.loading.loader import SOURCE, load
from bot.telegram_app.render import render
from bot.yamlfiles.documents import decode_document, parse_document

MOST_CPU = 0.05
"""Seconds that a message may take. atheris slows everything down by about six times."""

SLOWED_DOWN = 6.0

Target = Callable[[bytes], None]


class Targets:
    """The bot on our own interview, attacked from three sides.

    >>> Targets().answer("чё за yandex 😀".encode())
    """

    def __init__(self) -> None:
        loaded = load()
        assert loaded.bot is not None
        self._bot: Bot = loaded.bot
        self._bot.warm_up()
        self._text = loaded.bot.corpus.source.text
        self._sample = self._bot.answer("why did yandex leave iran? what is b2g?")

    def answer(self, data: bytes) -> None:
        """Any text gets a reply within MOST_CPU, and every quotation in it is a slice of the source."""
        text = data.decode("utf-8", "replace")
        began = time.process_time()
        reply = self._bot.answer(text)
        assert time.process_time() - began < MOST_CPU * SLOWED_DOWN, text
        self._check(reply)

    def document(self, data: bytes) -> None:
        """Any file gives values and located problems, never an exception."""
        text, _ = decode_document(data, "fuzz.yaml")
        if text is not None:
            node, _ = parse_document(text, "fuzz.yaml")
            if node is not None:
                intents, problems = read_intents("fuzz", node)
                assert problems or all(intent.id and intent.phrases for intent in intents)
                read_source(self._text, str(SOURCE), node)

    def message(self, data: bytes) -> None:
        """Any words of the bot's own are rendered into texts that Telegram takes, entities inside them."""
        words = data.decode("utf-8", "replace")
        blocks = (Remark(words, "title"), *self._sample.blocks, Remark(words, "note"))
        for each in render(replace(self._sample, blocks=blocks)):
            units = len(each.text.encode("utf-16-le", "surrogatepass")) // 2
            assert 0 < units <= 4096
            assert all(0 <= e.offset and 0 < e.length and e.offset + e.length <= units for e in each.entities)
        self._check(self._sample)

    def _check(self, reply: Reply) -> None:
        assert reply.blocks
        for block in reply.blocks:
            if isinstance(block, Quotation):
                assert block.exact == self._text[block.span.start : block.span.end]
