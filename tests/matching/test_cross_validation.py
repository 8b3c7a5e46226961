"""The intents are asked what they do not know: phrases left out, slips, and word salad."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.corpus.intents import IntentSet, Phrase
from bot.matching import BUILT_IN, Matcher, Utterance
from bot.matching.cross_validation import (
    LONGEST_SALAD,
    NEGATIVE,
    SALAD,
    SALAD_KIND,
    CrossValidation,
    with_a_slip,
)
from bot.matching.matcher import CERTAIN
from bot.text.languages import script_for
from bot.yamlfiles.problems import Location
from tests.matching.small import INTENTS, LEXICON


def same(one: str, other: str) -> bool:
    return one == other


def validation(intents: IntentSet, step: int = 1) -> CrossValidation:
    return CrossValidation(intents, LEXICON, BUILT_IN, same, step)


def test_every_phrase_and_negative_example_is_left_out_once() -> None:
    """Under the intent that it was written for; only a phrase that may be answered has a right candidate."""
    asked = sorted((trial.intent_id, trial.kind) for trial in validation(INTENTS).left_out())
    written = [(intent.id, intent.kind) for intent in INTENTS.intents for _ in intent.phrases]
    written += [(intent.id, NEGATIVE) for intent in INTENTS.intents for _ in intent.negatives]
    assert sorted(written) == asked


def test_of_each_language_as_many_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only some are asked, and the languages stand one after the other."""
    asked: Counter[str] = Counter()

    def asking(matcher: Matcher, text: str) -> Utterance:
        asked[script_for(text)] += 1
        return utterance(matcher, text)

    utterance = Matcher.utterance
    monkeypatch.setattr(Matcher, "utterance", asking)
    texts = [
        (language, f"{word} {n}") for language, word in (("en", "fog"), ("ru", "туман")) for n in range(24)
    ]
    phrases = tuple(Phrase(text, language, Location("new.yaml", 1, 1)) for language, text in texts)
    fog = replace(INTENTS.intents[1], phrases=phrases, negatives=())
    assert 8 == len(list(validation(IntentSet((fog,)), step=6).left_out()))
    assert {"latin": 4, "cyrillic": 4} == asked


def test_a_new_line_changes_not_which_others_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each edit would move what is fitted to them."""

    def asked(texts: list[str]) -> set[str]:
        phrases = tuple(Phrase(text, "en", Location("new.yaml", 1, 1)) for text in texts)
        fog = replace(INTENTS.intents[1], phrases=phrases, negatives=())
        heard: set[str] = set()

        def asking(matcher: Matcher, text: str) -> Utterance:
            heard.add(text)
            return utterance(matcher, text)

        monkeypatch.setattr(Matcher, "utterance", asking)
        list(validation(IntentSet((fog,)), step=6).left_out())
        return heard

    utterance = Matcher.utterance
    texts = [f"fog {number}" for number in range(60)]
    before = asked(texts)
    assert 3 < len(before) < 30
    assert before == asked(["one line more", *texts]) - {"one line more"}


def test_what_is_left_out_is_not_known_word_for_word() -> None:
    """Else everything would be as sure as a phrase that was typed as it stands, and nothing would be learnt. The title
    goes with the phrase that is the same."""
    for trial in validation(INTENTS).left_out():
        assert trial.ranking.answered not in {CERTAIN, 1.0 - CERTAIN}
        assert trial.ranking.about < 1.0
        assert all(candidate.features.best_phrase < 0.8 for candidate in trial.ranking.candidates)


def test_a_negative_example_has_no_right_candidate() -> None:
    """Whatever leads, it is not answered."""
    for trial in validation(INTENTS).left_out():
        if trial.kind == NEGATIVE:
            assert True not in trial.right
        else:
            pairs = zip(trial.ranking.candidates, trial.right, strict=True)
            assert all(right == (each.intent_id == trial.intent_id) for each, right in pairs)


def test_word_salad_is_the_same_each_time() -> None:
    """And does not depend on the order of intents and phrases."""
    turned = IntentSet(
        tuple(
            replace(intent, phrases=intent.phrases[::-1], negatives=intent.negatives[::-1])
            for intent in INTENTS.intents[::-1]
        )
    )
    first, again, other = (tuple(validation(each, 20).salad()) for each in (INTENTS, INTENTS, turned))
    assert first == again
    names = [[c.intent_id for c in trial.ranking.candidates] for trial in first]
    assert names == [[c.intent_id for c in trial.ranking.candidates] for trial in other]


def test_word_salad_is_drawn_in_each_script() -> None:
    """The same number of messages, of which none is about anything."""
    trials = list(validation(INTENTS, 20).salad())
    assert 2 * (SALAD // 20) == len(trials)
    assert {(SALAD_KIND, "", False)} == {(t.kind, t.intent_id, True in t.right) for t in trials}
    assert len({t.ranking for t in trials}) > LONGEST_SALAD


def test_a_slip_changes_the_words_and_keeps_the_sense() -> None:
    """One word fewer, two letters swapped; short texts stay whole; the same slip each time."""
    assert "did yadnex leave iran" == with_a_slip("why did yandex leave iran")
    assert "b2b" == with_a_slip("b2b")
    assert "" == with_a_slip("")
