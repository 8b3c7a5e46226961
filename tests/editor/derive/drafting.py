"""Drafts of a text without a card, and what is wrong with the files made of them."""

from bot.corpus.corpus import Corpus, resolve
from bot.corpus.intents import IntentSet, merge, read_intents
from bot.corpus.metadata import source_without_card
from bot.editor.derive import Drafts, draft, files
from bot.editor.derive.question_templates import QuestionTemplates, load_templates
from bot.yamlfiles.documents import parse_document

LANGUAGES = ("en", "fa", "ru")


def frames_of(language: str) -> QuestionTemplates:
    templates, problems = load_templates(language)
    assert () == problems
    assert templates is not None
    return templates


def undrafted(text: str) -> Corpus:
    """The corpus of a text of which nothing is quoted."""
    return resolve(source_without_card(text, "t.txt"), IntentSet(()))[0]


def drafts_of(text: str, language: str = "en") -> Drafts:
    return draft(undrafted(text), frames_of(language))


def problems_of(corpus: Corpus, found: Drafts, language: str = "en") -> tuple[set[str], IntentSet]:
    """The rules that the files of these drafts break, and the intents in them."""
    read, rules = [], set()
    for file in files(found.drafts, LANGUAGES, language):
        node, problems = parse_document(file.text, file.name)
        assert () == problems
        assert node is not None
        intents, unfit = read_intents(file.name, node)
        read.append(intents)
        rules |= {problem.rule for problem in unfit}
    merged, conflicts = merge(read)
    unproved = resolve(corpus.source, merged)[1]
    return rules | {problem.rule for problem in (*conflicts, *unproved)}, merged
