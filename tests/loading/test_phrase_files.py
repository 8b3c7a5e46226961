"""How people ask may stand in the topic's file, in files of phrases, or in both; both together are the intent."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.corpus.corpus import Corpus
from bot.loading.loader import load, load_corpus
from bot.loading.topics import QUESTION_KINDS, WORD_GROUPS, WORDING
from bot.loading.unread_files import unread_files
from bot.yamlfiles.problems import Problem

TEXT = "It left.\n\nIt does not come back.\n"
TOPIC = """\
topic: {en: T}
intents:
  - id: a
    title: {en: Why?}
    quotes: [It left.]
    phrases: {en: [why did it leave]}
  - id: b
    title: {en: Back?}
    quotes: [It does not come back.]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The topic t without phrases of its second intent."""
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "intents" / "en").mkdir(parents=True)
    (tmp_path / "intents" / "ru").mkdir()
    (tmp_path / "intents" / "t.yaml").write_text(TOPIC, encoding="utf-8")
    return tmp_path / "intents"


def save(folder: Path, name: str, text: str = "b:\n  phrases: [does it come back]\n") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> tuple[Corpus, tuple[Problem, ...]]:
    corpus, problems = load_corpus(folder.parent / "text.txt", folder)
    assert corpus is not None
    return corpus, problems


def test_phrases_of_both_places_are_one_intent(folder: Path) -> None:
    """Each with its language and its place; negative examples, too."""
    save(
        folder,
        "en/t.yaml",
        "b:\n  phrases:\n    - does it come back\na:\n  not: [on which day did it leave]\n",
    )
    save(folder, "ru/t.yaml", "a:\n  phrases: [почему ушёл]\n")
    corpus, problems = read(folder)
    assert () == problems
    first, second = corpus.intents.intents
    assert [("why did it leave", "en"), ("почему ушёл", "ru")] == [
        (p.text, p.language) for p in first.phrases
    ]
    assert ["on which day did it leave"] == [each.text for each in first.negatives]
    assert [f"{folder}/en/t.yaml:3:7"] == [str(each.at) for each in second.phrases]


def test_a_file_of_phrases_without_its_topic_is_a_problem(folder: Path) -> None:
    """With the name that was probably meant."""
    save(folder, "en/t.yaml")
    save(folder, "ru/t1.yaml")
    (problem,) = read(folder)[1]
    assert "unknown-intent" == problem.rule
    assert f"{folder}/ru/t1.yaml" == str(problem.at)
    assert problem.message.endswith(f'but {folder}/t1.yaml does not exist; did you mean "t.yaml"?')


def test_the_file_of_a_topic_among_phrases_is_named_so(folder: Path) -> None:
    """No file of a similar name is meant."""
    save(folder, "en/t.yaml")
    save(folder, "en/t1.yaml", TOPIC)
    (problem,) = read(folder)[1]
    assert (
        f"{folder}/en/t1.yaml: error: this is the file of a topic; move it to {folder} (unknown-key)"
        == str(problem)
    )


def test_an_id_that_stands_twice_accuses_no_other_file(folder: Path) -> None:
    """The id that is lost with it is unknown nowhere, also where the other one is in another file."""
    save(folder, "en/t.yaml")
    save(folder, "u.yaml", TOPIC.replace("id: a", "id: c").replace("id: b", "id: a").replace("why", "how"))
    save(folder, "en/u.yaml", "a:\n  phrases: [will it return]\nb:\n  phrases: [is it back]\n")
    assert {"duplicate-id"} == {problem.rule for problem in read(folder)[1]}


def test_a_file_of_phrases_that_cannot_be_read_is_the_only_problem(folder: Path) -> None:
    """It may hold the phrases that are missing."""
    save(folder, "en/t.yaml", "b: [")
    assert ["yaml-syntax"] == [problem.rule for problem in read(folder)[1]]
    (folder / "en" / "t.yaml").unlink()
    (folder / "en" / "t.yaml").symlink_to(folder.parent / "text.txt")
    assert ["unreadable"] == [problem.rule for problem in read(folder)[1]]


@pytest.mark.parametrize("closed", ["", "en"])
def test_a_folder_that_cannot_be_read_is_named(
    folder: Path, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of intents, or one of a language, whose phrases would silently be missing."""
    save(folder, "en/t.yaml")
    for name in ("scandir", "listdir"):
        usual = getattr(os, name)

        def seen(path: Any = ".", usual: Callable[[Any], Any] = usual) -> Any:
            if Path(path) == folder / closed:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return usual(path)

        monkeypatch.setattr(os, name, seen)
    problems = load_corpus(folder.parent / "text.txt", folder)[1]
    found = [(problem.rule, problem.at.path) for problem in problems]
    assert ("unreadable", str(folder / closed)) in found
    assert "empty-file" not in {rule for rule, _ in found}


@pytest.mark.parametrize("name", [WORDING, QUESTION_KINDS, WORD_GROUPS])
def test_a_broken_link_in_place_of_a_file_of_a_language_is_named(folder: Path, name: str) -> None:
    """The program's own file would be used in its place."""
    save(folder, "en/t.yaml")
    (folder / "en" / name).symlink_to(folder / "nowhere.yaml")
    problems = load(folder.parent / "text.txt", folder).problems
    assert [("unreadable", str(folder / "en" / name))] == [(each.rule, each.at.path) for each in problems]


def test_what_text_editors_leave_behind_is_not_read(folder: Path) -> None:
    """Emacs locks a file with a link to nowhere, macOS puts ._ files on foreign disks."""
    save(folder, "en/t.yaml")
    (folder / ".#t.yaml").symlink_to("somebody@somewhere.1")
    (folder / "en" / ".#t.yaml").symlink_to("somebody@somewhere.1")
    (folder / "._t.yaml").write_bytes(b"\0\5\x16\7")
    assert () == read(folder)[1]


def test_another_ending_is_named_wherever_it_is(folder: Path) -> None:
    """Among topics and phrases, and of the source card; and files in a folder that is no language."""
    save(folder, "a.yml")
    save(folder, "en/t.YML")
    save(folder.parent, "text.yml")
    save(folder.parent, "text-names.yml")
    (folder / "drafts").mkdir()
    save(folder, "drafts/t.yaml")
    found = {
        Path(problem.at.path).name: problem.message
        for problem in unread_files(folder.parent / "text.txt", folder)
    }
    assert {"a.yml", "t.YML", "text.yml", "text-names.yml", "t.yaml"} == found.keys()
    assert "is not read; rename it to t.yaml" == found["t.YML"]
    assert "is not read; rename it to text-names.yaml" == found["text-names.yml"]


def test_advice_about_an_unread_file_overwrites_no_other_one(folder: Path) -> None:
    """A file of phrases has the name of its topic, so that to move it among the topics would replace that one."""
    (folder / "English").mkdir()
    save(folder, "English/t.yaml")
    save(folder, "t.yml")
    language, ending = (problem.message for problem in unread_files(folder.parent / "text.txt", folder))
    codes = "folders here are named by a language code (en, fa, ru ...)"
    assert f"is not read; {codes}; did you mean {folder}/en?" == language
    assert "is not read; t.yaml beside it is; move what is still needed there, and remove this file" == ending


def test_a_topic_whose_name_is_too_long_for_a_button_is_refused(folder: Path) -> None:
    """Else each list of topics would fail when somebody asks for it."""
    save(folder, f"{'я' * 28}.yaml", TOPIC.replace("- id: ", "- id: z").replace("why", "how"))
    save(folder, f"{'я' * 29}.yaml", TOPIC.replace("- id: ", "- id: y").replace("why", "when"))
    found = [str(problem) for problem in read(folder)[1] if problem.rule == "unknown-value"]
    assert [f"{folder}/{'я' * 29}.yaml: error: the name of the file is too long for a button"] == [
        each.partition(";")[0] for each in found
    ]
