"""As if our interview were new: it is drafted as a whole."""

from bot.corpus.corpus import resolve
from bot.corpus.intents import IntentSet
from bot.editor.derive.drafts import draft_intents
from bot.loading.loader import SOURCE, load_source
from tests.editor.derive.drafting import problems_of, templates_of


def test_the_drafts_of_our_interview_are_accepted_but_for_the_todos() -> None:
    """Every passage is drafted, verbatim, and no phrase stands twice."""
    source, _ = load_source(SOURCE)
    assert source is not None
    corpus, _ = resolve(source, IntentSet(()))
    drafts, skipped = draft_intents(corpus, templates_of("en"))
    assert () == skipped
    assert [p.id for p in source.passages] == list(dict.fromkeys(each.passage.id for each in drafts))
    rules, intents = problems_of(corpus, drafts)
    assert {"todo"} == rules
    assert len(drafts) == len(intents.intents)
    assert all(resolve(source, intents)[0].quotations.values())
