"""What could be better in intents that are right in form. Errors of form are found while files are read.

docs/check-rules.md says of each rule what passes and what fails.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from bot.conversation.bot import Bot
from bot.corpus.intents import LONGEST_LABEL, OUT_OF_SCOPE, SMALL_TALK, Intent, Phrase
from bot.editor.language_rules import (
    incomplete_language,
    main_languages,
    misspelt_language,
    misspelt_languages,
    unknown_script,
    wrong_script,
)
from bot.editor.translation_rules import Findings, missing_translation, wrong_name, wrong_number
from bot.text.folding import words
from bot.text.languages import stem
from bot.text.sentences import sentence_bounds
from bot.yamlfiles.problems import Problem

Rule = Callable[[Bot], Findings]
"""Its name, with hyphens, is the rule that its problems name."""

FEWEST_PHRASES = 5
"""Below that a question in other words seldom finds its intent (measured: with three English phrases 49 % of
paraphrases lead to the right intent, with ten 81 %)."""


_CAPITALS = "A-ZÀ-ÞА-ЯЁ"
_PERSON = rf"[{_CAPITALS}]{{1,4}}|[{_CAPITALS}][\w’'-]+(?: [{_CAPITALS}][\w’'-]+){{1,3}}"
_LABEL = re.compile(rf"(?:^|[.!?…] )(?!PS:|NB:)((?:{_PERSON})(?: \([^()]*\))?:)\s")
"""Initials, or a name of two words or more."""
_NAME = re.compile(rf"(?<=[a-zß-ÿа-яё] )[{_CAPITALS}][\w’-]+(?: [{_CAPITALS}][\w’-]+)+")
"""Two words or more with a capital, within a sentence."""

SURE = 0.9
"""Confidence of the other answer from which a phrase is misrouted. From 0.55 on the bot answers, but most phrases in
between are the only ones of their intent in these words, and that is why an editor wrote them."""

TIMES = 8
"""How much more its words must occur in another intent for a phrase to be asked. With 5, two in five more are asked,
which finds little more: none of our phrases at SURE, and 37 instead of 32 at a confidence of 0.8."""

COMMON = 20
"""A word in the phrases of so many intents ("what", "does") speaks for none of them."""


def check(bot: Bot, rules: Iterable[Rule] | None = None) -> tuple[Problem, ...]:
    """What the rules (if none are named, all) find, as warnings."""
    return tuple(
        Problem(at, rule.__name__.replace("_", "-"), message, "warning")
        for rule in (RULES if rules is None else rules)
        for at, message in rule(bot)
    )


def without_words(bot: Bot) -> Findings:
    """A phrase has no word ("???"), so nothing that is typed can be like it."""
    for intent in bot.corpus.intents.intents:
        for phrase in (*intent.phrases, *intent.negatives):
            if not words(phrase.text):
                yield phrase.at, f'"{phrase.text}" has no words; write what people type, or remove it'


def too_few_phrases(bot: Bot) -> Findings:
    """An answer has too few phrases in one of the languages of the intents."""
    languages = main_languages(bot.corpus)
    for intent in bot.corpus.intents.answers():
        for language in languages:
            places = [phrase.at for phrase in intent.phrases if phrase.language == language]
            if len(places) < FEWEST_PHRASES:
                number = f'{len(places)} phrases in "{language}"; write {FEWEST_PHRASES} or more'
                yield max(places, default=intent.at), f'intent "{intent.id}" has {number}'


def no_negative_example(bot: Bot) -> Findings:
    for intent in bot.corpus.intents.answers():
        if not intent.negatives:
            lacking = f'"{intent.id}" has no negative examples'
            yield intent.at, f'{lacking}; add under "not:" what the text does not say of it'


def phrase_is_negative(bot: Bot) -> Findings:
    """A phrase is also a negative example, here or in another intent."""
    negatives = {each.key: each for intent in bot.corpus.intents.intents for each in intent.negatives}
    for intent in bot.corpus.intents.intents:
        if intent.kind == OUT_OF_SCOPE:
            continue  # refused either way
        for phrase in intent.phrases:
            negative = negatives.get(phrase.key)
            if negative:
                yield phrase.at, f'phrase "{phrase.text}" also stands under "not:" in {negative.at}; keep one'


def near_duplicate(bot: Bot) -> Findings:
    """Phrases of two intents differ only in word endings, word order and synonyms."""
    seen: dict[tuple[str, ...], tuple[Intent, Phrase]] = {}
    for intent in bot.corpus.intents.intents:
        if intent.kind == SMALL_TALK:
            continue  # "hello, thanks" and "thanks, hello" are both natural
        for phrase in intent.phrases:
            key = bot.matcher.meanings(phrase)
            owner, first = seen.setdefault(key, (intent, phrase))
            shown = bot.corpus.quotations.get(intent.id)
            same_answer = shown == bot.corpus.quotations.get(owner.id) and owner.kind == intent.kind
            if key and owner is not intent and not (shown and same_answer):
                other = f'"{first.text}" of the intent "{owner.id}"'
                yield phrase.at, f'phrase "{phrase.text}" is nearly {other}; reword one'


def missing_title(bot: Bot) -> Findings:
    """A title of an answer or an overview is missing in one of the languages of the intents."""
    misspelt = misspelt_languages(bot.corpus)
    for intent in filter(lambda intent: intent.is_answered, bot.corpus.intents.intents):
        titles = {misspelt.get(language, language) for language, _ in intent.title.texts}
        for language in main_languages(bot.corpus):
            if language not in titles:
                yield intent.at, f'intent "{intent.id}" has no title in "{language}"; add it under "title:"'


def long_title(bot: Bot) -> Findings:
    """A button has more characters than a phone shows: a long title without a label, or a long label."""
    misspelt = misspelt_languages(bot.corpus)
    for intent in bot.corpus.intents.intents:
        for language, title in intent.title.texts if intent.is_answered else ():
            label = intent.button(language)
            if len(label) > LONGEST_LABEL and language not in misspelt:
                long = f'the {"title" if label == title else "label"} "{label}" has {len(label)} characters'
                advice = f'write one of at most {LONGEST_LABEL} in "{language}" under "label:"'
                yield intent.at, f"{long}; {advice}"


def unreachable_passage(bot: Bot) -> Findings:
    """No intent quotes a passage, so it is never an answer."""
    for passage in bot.corpus.unquoted():
        unquoted = f'no intent quotes the passage "{passage.id}"'
        at = bot.corpus.source.place(passage.span.start)
        yield at, f"{unquoted}; python -m bot derive {passage.id} drafts one"


def label_in_quotation(bot: Bot) -> Findings:
    """A quotation has a speaker's label ("Mara Lind: ...", "ML: ...") and may show one person's words as another's."""
    for intent in bot.corpus.intents.answers():
        for quote in intent.quotes:
            found = _LABEL.search(quote.text)
            if found:
                message = f'"{found[1]}" seems to begin the words of another speaker; give each a passage of their own'
                yield quote.at, message


def question_as_answer(bot: Bot) -> Findings:
    """A quotation is nothing but a question: probably the interviewer's, in the words of a speaker by mistake."""
    for intent in bot.corpus.intents.answers():
        for quote in intent.quotes:
            if quote.text.endswith(("?", "؟")) and len(list(sentence_bounds(quote.text))) == 1:
                advice = 'if the interviewer asks it, make it "kind: question" in the source card'
                yield quote.at, f'"{quote.text}" is only a question; {advice}'


def name_of_another_text(bot: Bot) -> Findings:
    """A sentence of the bot's own has a name that neither the text nor its card has, as of an earlier interview."""
    source, card = bot.corpus.source, bot.corpus.source.metadata
    cards = (card.title, card.outlet, card.role, card.place, *(p.speaker.name for p in source.passages))
    known = " ".join([source.text, *(text for each in cards for _, text in each.texts)])
    for intent in bot.corpus.intents.intents:
        own = (*intent.say.texts, *intent.title.texts) if intent.kind in {OUT_OF_SCOPE, SMALL_TALK} else ()
        for name in (name for _, text in own for name in _NAME.findall(text)):
            if name not in known:
                unknown = f'"{name}" is neither in the text nor in its card'
                yield intent.at, f"{unknown}; is it of an earlier interview?"


def misrouted_phrase(bot: Bot) -> Findings:
    """A phrase is surely answered with another quotation by a matcher that does not know it. So are questions in
    nearly its words.

    `python -m bot evaluate --phrases` asks all phrases in this way and takes half a minute; here a look at the single
    words finds the suspects, one phrase in twenty-two (measured: one in three would find four times as many, in twice
    the time that an editor waits).
    """
    suspects = _suspects(bot)
    matcher = bot.matcher.with_intents(bot.corpus.intents.without({phrase.at for _, phrase in suspects}))
    for intent, phrase in suspects:
        for best in matcher.rank(matcher.utterance(phrase.text), 1).candidates:
            is_answer = best.intent_id in bot.corpus.quotations
            if best.confidence >= SURE and is_answer and not bot.corpus.alike(best.intent_id, intent.id):
                leads = f'phrase "{phrase.text}" leads to "{best.intent_id}" ({best.confidence:.0%})'
                advice = f'move it there, reword it, or write more like it under "{intent.id}"'
                yield phrase.at, f"{leads} where it is not written down itself; {advice}"


RULES: tuple[Rule, ...] = (
    wrong_script,
    without_words,
    too_few_phrases,
    no_negative_example,
    phrase_is_negative,
    near_duplicate,
    misrouted_phrase,
    missing_title,
    long_title,
    unreachable_passage,
    missing_translation,
    wrong_number,
    wrong_name,
    label_in_quotation,
    question_as_answer,
    name_of_another_text,
    misspelt_language,
    incomplete_language,
    unknown_script,
)


def _suspects(bot: Bot) -> list[tuple[Intent, Phrase]]:
    """The phrases of answers whose single words occur mostly in the phrases of another intent."""
    phrases = [
        (intent, phrase, frozenset(map(stem, phrase.key.split())))
        for intent in bot.corpus.intents.answers()
        for phrase in intent.phrases
    ]
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for intent, _, stems in phrases:
        for each in stems:
            uses[each][intent.id] += 1
    return [
        (intent, phrase)
        for intent, phrase, stems in phrases
        if _is_suspect(intent, [uses[each] for each in stems if len(uses[each]) <= COMMON])
    ]


def _is_suspect(intent: Intent, uses: list[Counter[str]]) -> bool:
    """Each word has one vote, which is shared by the intents that have it in other phrases."""
    votes: defaultdict[str, float] = defaultdict(float)
    for phrases_by_intent in uses:
        others = phrases_by_intent.total() - 1
        for intent_id, number in phrases_by_intent.items():
            votes[intent_id] += (number - (intent_id == intent.id)) / max(1, others)
    own = votes.pop(intent.id, 0.0)
    return bool(votes) and max(votes.values()) > TIMES * own
