"""Drafts of a text without a card, and what is wrong with the files made of them."""

from collections.abc import Iterable

from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intent_files import merge, read_intents
from bot.corpus.intents import IntentSet
from bot.corpus.metadata import source_without_card
from bot.editor.derive.drafts import IntentDraft, Skipped, draft_intents, intent_files
from bot.editor.derive.question_templates import QuestionTemplates, load_templates
from bot.yamlfiles.documents import parse_document

LANGUAGES = ("en", "fa", "ru")


def templates_of(language: str) -> QuestionTemplates:
    templates, problems = load_templates(language)
    assert () == problems
    assert templates is not None
    return templates


def undrafted(text: str) -> Corpus:
    """The corpus of a text of which nothing is quoted."""
    return resolve(source_without_card(text, "t.txt"), IntentSet(()))[0]


def drafted(text: str, language: str = "en") -> tuple[tuple[IntentDraft, ...], tuple[Skipped, ...]]:
    return draft_intents(undrafted(text), templates_of(language))


def problems_of(
    corpus: Corpus, drafts: Iterable[IntentDraft], language: str = "en"
) -> tuple[set[str], IntentSet]:
    """The rules that the files of these drafts break, and the intents in them."""
    read, rules = [], set()
    languages = (language, *(each for each in LANGUAGES if each != language))
    for name, text in intent_files(drafts, languages).items():
        node, problems = parse_document(text, name)
        assert () == problems
        assert node is not None
        intents, invalid = read_intents(name, node)
        read.append(intents)
        rules |= {problem.rule for problem in invalid}
    merged, conflicts = merge(read)
    unproved = resolve(corpus.source, merged)[1]
    return rules | {problem.rule for problem in (*conflicts, *unproved)}, merged
