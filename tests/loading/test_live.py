"""What is saved answers at once; what is broken or half-written never does."""

import time
import weakref
from functools import partial
from pathlib import Path

import pytest

from bot.conversation.bot import Bot
from bot.loading import live
from bot.loading.files import Snapshot
from bot.loading.live import OLD_ONES_ANSWER
from bot.loading.loader import Loaded
from bot.matching import Matcher
from bot.storage.journal import Entry, Journal
from tests.loading.conftest import Edited


def test_a_saved_phrase_is_answered(edited: Edited) -> None:
    """Without a new start."""
    assert "lamp" != edited.answers("zzz glim o'clock")
    edited.goes_live()


def test_a_notice_says_what_an_edit_changed(edited: Edited, tmp_path: Path) -> None:
    """And how many of the journal's questions are answered by it, or no more."""
    edited.live.end()
    journal = Journal(tmp_path / "journal.sqlite3", print)
    for text in ("zzz glim o'clock", "qqq", "the lamp", "zzz glim o'clock"):
        journal.write(Entry("fallback", text))
    journal.close()
    edited.watch_again(tmp_path / "journal.sqlite3")
    edited.save("the lamp, is the lamp lit all night", "zzz glim o'clock, is the lamp lit all night")
    edited.gets_notice(
        "lamp, en: 1 phrase, 1 phrase removed; 1 of the journal's open questions would now be answered, "
        "none lost.\nLive: "
    )


def test_a_saved_file_of_phrases_is_answered(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where its folder is made while the bot runs, and when it is saved once more."""
    edited.live.end()
    monkeypatch.setattr(live, "LOOK_ANYWAY", 60_000)
    edited.watch_again()
    time.sleep(0.2)  # until the system watches
    folder = edited.file.parent / "fr"
    folder.mkdir()
    for words in ("quand la lampe", "et le phare"):
        (folder / "lamp.yaml").write_text(f"lamp:\n  phrases:\n    - {words}\n", encoding="utf-8")
        edited.until(partial(edited.knows, words))
        edited.gets_notice("Live: ")
        time.sleep(0.2)  # until the system watches the new folder


def test_a_file_with_the_wrong_ending_is_reported(edited: Edited) -> None:
    """Its editor waits in vain for it to answer."""
    (edited.file.parent / "more.yml").write_text("topic: {en: T}", encoding="utf-8")
    edited.gets_notice("is not read; rename it to more.yaml")


def test_a_warning_is_reported_once(edited: Edited) -> None:
    """While it lasts, the notices of further edits do not repeat it."""
    (edited.file.parent / "more.yml").write_text("topic: {en: T}", encoding="utf-8")
    edited.gets_notice("is not read; rename it to more.yaml")
    edited.save("when is the lamp lit,", "when is the lamp lit, zzz glim o'clock,")
    edited.until(lambda: not edited.reported.empty())
    assert "more.yaml" not in edited.reported.get()


def test_models_are_made_before_the_first_question(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the bot before still answers, and from its models."""
    prepared = []
    prepare = Matcher.prepare

    def noted(matcher: Matcher, before: Matcher | None = None) -> None:
        prepared.append((before is edited.bot.matcher, edited.live.current() is edited.bot))
        prepare(matcher, before)

    monkeypatch.setattr(Matcher, "prepare", noted)
    edited.save("when is the lamp lit,", "when is the lamp lit, zzz glim o'clock,")
    edited.until(lambda: edited.live.current() is not edited.bot)
    assert (True, True) == prepared[0]


def test_a_broken_file_leaves_the_old_set_answering(edited: Edited) -> None:
    """The editor reads what is wrong and where; when it is mended, it goes live."""
    edited.save("The lamp is lit at dusk", "The lamp is lit at noon")
    edited.gets_notice(f"(not-verbatim)\n{OLD_ONES_ANSWER}")
    assert "lamp" == edited.answers("when is the lamp lit")
    edited.save("The lamp is lit at noon", "The lamp is lit at dusk")
    edited.gets_notice("Live: ")


def test_many_problems_are_reported_in_one_text(edited: Edited) -> None:
    """The first ten, and how many more there are: it may become a message in the owner's chat."""
    whole = edited.file.read_text(encoding="utf-8")
    edited.file.write_text(whole + "".join(f"unknown{number}: x\n" for number in range(13)), encoding="utf-8")
    edited.until(lambda: not edited.reported.empty())
    lines = edited.reported.get().splitlines()
    assert 12 == len(lines)
    assert ["... and 3 more: python -m bot check", OLD_ONES_ANSWER] == lines[-2:]


def test_many_and_half_written_edits_lose_nothing(edited: Edited) -> None:
    """Ten a second, every second of them cut off in the middle: each answer is of a whole set, the last edit wins."""
    whole = edited.file.read_text(encoding="utf-8")
    for number in range(10):
        new = whole.replace("when is the lamp lit,", f"when is the lamp lit, qqq number {number} www,")
        edited.file.write_text(new[: len(new) // 2] if number % 2 == 0 else new, encoding="utf-8")
        assert "lamp" == edited.answers("when is the lamp lit")
        time.sleep(0.1)
    edited.until(lambda: edited.answers("qqq number 9 www") == "lamp")


def test_a_half_that_is_right_in_form_is_never_used(edited: Edited) -> None:
    """Each save comes in two pieces, ten of them a second, and every first piece is a valid file: whatever goes
    live holds both of its phrases, or neither. The last one is live in the end."""
    whole = edited.file.read_text(encoding="utf-8")
    cut = whole.index("  - id: fog")
    for number in range(20):
        new = whole.replace("when is the lamp lit,", f"when is the lamp lit, qqq {number} rrr,")
        new = new.replace("[what is worse than a storm]", f"[what is worse than a storm, vvv {number} www]")
        half = new[: new.index("  - id: fog")]
        assert len(half) >= cut
        edited.file.write_text(half.replace(", fog]", "]"), encoding="utf-8")
        time.sleep(0.02)  # a tenth of what the watcher waits, so that a busy machine does not make it a save
        edited.file.write_text(new, encoding="utf-8")
        time.sleep(0.05)
    seen: list[Bot] = []

    def last_is_live() -> bool:
        if not seen or seen[-1] is not edited.live.current():
            seen.append(edited.live.current())
        return seen[-1].answer("vvv 19 www").intent_id == "fog"

    edited.until(last_is_live)
    for bot in seen:
        known = [(_knows(bot, f"qqq {number} rrr"), _knows(bot, f"vvv {number} www")) for number in range(20)]
        assert all(first == second for first, second in known)
        assert 1 == sum(first for first, _ in known) or bot is edited.bot


def _knows(bot: Bot, text: str) -> bool:
    """Whether the phrase stands in the set, word for word."""
    matcher = bot.matcher
    return matcher.knows_word_for_word(matcher.utterance(text))


def test_what_was_saved_without_a_change_is_not_loaded(edited: Edited) -> None:
    """Nothing is reported either."""
    edited.file.write_bytes(edited.file.read_bytes())
    time.sleep(0.2)
    edited.goes_live()
    edited.gets_notice("Live: ")
    assert edited.reported.empty()


def test_a_fault_in_the_reading_does_not_end_the_watching(
    edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old set answers, the fault is reported in one line, and the next save is looked at."""

    def fails(_source: Path, _intents: Path, *, translated: bool) -> Loaded:
        raise ZeroDivisionError("unforeseen")

    with monkeypatch.context() as patch:
        patch.setattr(live, "load", fails)
        edited.save("when is the lamp lit,", "when is the lamp lit, first,")
        edited.gets_notice("ZeroDivisionError: unforeseen")
    edited.goes_live()


def test_a_fault_in_the_reading_is_reported_once(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often the same files are looked at: the notice may be a message in the owner's chat."""
    looks, faults = [], []
    still_holds = Snapshot.still_holds

    def looked(snapshot: Snapshot) -> bool:
        looks.append(snapshot)
        return still_holds(snapshot)

    def fails(_source: Path, _intents: Path, *, translated: bool) -> Loaded:
        faults.append(len(looks))
        raise ZeroDivisionError("unforeseen")

    edited.live.end()
    monkeypatch.setattr(live, "LOOK_ANYWAY", 50)
    monkeypatch.setattr(live, "load", fails)
    monkeypatch.setattr(Snapshot, "still_holds", looked)
    edited.save("when is the lamp lit,", "when is the lamp lit, first,")
    edited.watch_again()
    edited.until(lambda: bool(faults) and len(looks) > faults[0] + 3)
    assert 1 == len(faults) == edited.reported.qsize()


def test_the_set_before_gives_its_memory_back(edited: Edited) -> None:
    """Once another one answers in its place; else each save would cost some 30 MB."""
    matcher = weakref.ref(edited.bot.matcher)
    del edited.bot
    for words in ("zzz glim first", "vvv gloam second"):  # the first may be cleared away with the second
        edited.save("when is the lamp lit,", f"when is the lamp lit, {words},")
        edited.until(partial(edited.knows, words))
    edited.until(lambda: matcher() is None)


def test_nothing_goes_live_after_the_end(edited: Edited) -> None:
    """And the thread is gone."""
    edited.live.end()
    edited.save("when is the lamp lit,", "when is the lamp lit, zzz glim o'clock,")
    time.sleep(0.2)
    assert edited.bot is edited.live.current()
