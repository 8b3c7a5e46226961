"""Saved files go live also where the system gives no notice of them, and where folders come and go."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.loading import live
from tests.loading.conftest import Edited


def test_a_missed_notice_is_made_up_for(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some shared folders give no notice of what others write: the files are compared from time to time."""
    edited.live.end()
    monkeypatch.setattr(live, "LOOK_ANYWAY", 50)
    monkeypatch.setattr(live, "_is_ours", lambda _change, _path: False)
    edited.watch_again()
    edited.goes_live()


def test_what_was_saved_during_the_start_goes_live(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading of the files and the watching there is a second of a start."""
    edited.live.end()
    monkeypatch.setattr(live, "LOOK_ANYWAY", 50)
    edited.save("when is the lamp lit,", "when is the lamp lit, zzz glim o'clock,")
    edited.watch_again()
    edited.until(lambda: edited.answers("zzz glim o'clock") == "lamp")


def test_where_nothing_can_be_watched_that_is_reported_once(
    edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved files go live all the same, since they are compared from time to time."""
    tries = []

    def cannot(*_folders: Path, **_options: object) -> Iterator[set[str]]:
        tries.append(1)
        raise OSError("no more watches")

    edited.live.end()
    monkeypatch.setattr("watchfiles.watch", cannot)
    edited.watch_again()
    edited.gets_notice("cannot be watched (no more watches), so that they are compared every 5 seconds.")
    edited.live.end()
    monkeypatch.setattr(live, "LOOK_ANYWAY", 50)
    edited.watch_again()
    edited.until(lambda: len(tries) > 4)
    assert 1 == edited.reported.qsize()
    edited.goes_live()


def test_a_folder_that_is_gone_for_a_while_is_waited_for(
    edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever unpacks another version removes the old one first. That it is gone is said once."""
    edited.live.end()
    monkeypatch.setattr(live, "LOOK_ANYWAY", 50)
    edited.watch_again()
    intents = edited.file.parent
    intents.rename(tmp_path / "before")
    edited.gets_notices("no intent files", "Saved files cannot be watched")
    assert edited.answers("when is the lamp lit") == "lamp"
    time.sleep(0.2)  # several looks
    assert edited.reported.empty()
    shutil.copytree(tmp_path / "before", intents)
    edited.gets_notice("Live: ")
    edited.goes_live()


def test_a_folder_in_the_place_of_another_is_watched(
    edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same name: what is saved in it need not wait for the next look."""
    edited.live.end()
    monkeypatch.setattr(live, "LOOK_ANYWAY", 60_000)
    edited.watch_again()
    time.sleep(0.2)  # until the system watches
    intents = edited.file.parent
    shutil.copytree(intents, tmp_path / "new")
    intents.rename(tmp_path / "before")
    (tmp_path / "new").rename(intents)
    edited.save("when is the lamp lit,", "when is the lamp lit, zzz glim first,")
    (tmp_path / "lighthouse.txt").touch()  # so that it is looked at
    edited.until(lambda: edited.knows("zzz glim first"))
    edited.gets_notice("Live: ")
    time.sleep(0.2)  # until the system watches the new folder
    edited.goes_live("vvv gloam second")
