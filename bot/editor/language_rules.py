"""What a language still lacks, from its first phrase on, and which letters the program does not know."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from bot.conversation.bot import Bot
from bot.corpus.corpus import Corpus
from bot.corpus.intents import SMALL_TALK, Intent, languages_by_script, phrase_languages
from bot.editor.translation_rules import Findings
from bot.text.languages import STEMMERS, Localized, script_of
from bot.yamlfiles.problems import Location

_LATIN, _OTHER = "a-zA-Z\u00c0-\u024f", "\u0400-\u052f\u0620-\u06ff"
_MIXED = re.compile(rf"(?=[^\W\d_]*[{_LATIN}])(?=[^\W\d_]*[{_OTHER}])(?<![^\W\d_])[^\W\d_]+")
"""Letters in a row, some of them Latin and some Cyrillic or Arabic; "b2b-то" is two words."""

_MOST_NAMED = 8
"""Ids in one message; the others are counted."""

_GAP = 0x40
"""Code points that may lie between two letters of one range."""


def main_languages(corpus: Corpus) -> tuple[str, ...]:
    """The languages in which at least half of the answers have phrases, without those that are misspelt ("eng")."""
    answers = corpus.intents.answers()
    asked = [{phrase.language for phrase in intent.phrases} for intent in answers]
    return tuple(
        language
        for language in sorted(set().union(*asked) - misspelt_languages(corpus).keys())
        if 2 * sum(language in each for each in asked) >= len(answers)
    )


def misspelt_languages(corpus: Corpus) -> dict[str, str]:
    """The codes of three letters ("eng") that begin with the code of another language of the intents ("en"), each with
    that one."""
    used = {language for intent in corpus.intents.intents for language in _languages(intent)}
    used |= {language for intent in corpus.intents.intents for language in intent.topic.title.languages()}
    used |= {language for _, text in _texts_of_card(corpus) for language in text.languages()}
    return {language: language[:2] for language in used if language[:2] in used - {language}}


def _languages(intent: Intent) -> Iterator[str]:
    for texts in (intent.title, intent.label, intent.say):
        yield from texts.languages()
    yield from dict.fromkeys(phrase.language for phrase in (*intent.phrases, *intent.negatives))


def misspelt_language(bot: Bot) -> Findings:
    """Texts stand under a code that is probably meant for that of another language; one problem for each intent or,
    where a folder has that name, for each file in it."""
    meant = misspelt_languages(bot.corpus)
    found: dict[Location, str] = {}
    for intent in bot.corpus.intents.intents:
        for language in (code for code in _languages(intent) if code in meant):
            places = [phrase.at for phrase in intent.phrases if phrase.language == language]
            at = min(places, default=intent.at)
            place = Location(at.path) if PurePath(at.path).parent.name == language else at
            found[place] = f'texts are in "{language}" here; did you mean "{meant[language]}"?'
        for language in meant.keys() & set(intent.topic.title.languages()):
            found[Location(intent.at.path)] = f'"topic:" has "{language}"; did you mean "{meant[language]}"?'
    yield from found.items()
    for name, text in _texts_of_card(bot.corpus):
        for language in meant.keys() & set(text.languages()):
            yield _card(bot.corpus), f'{name} is in "{language}"; did you mean "{meant[language]}"?'


def incomplete_language(bot: Bot) -> Findings:
    """Something is not there in a language that has phrases. What is missing in many places is one problem, at the
    first of them or, of a language that has only begun, at its first phrase."""
    for language in sorted(set(phrase_languages(bot.corpus.intents)) - misspelt_languages(bot.corpus).keys()):
        phrases = (phrase for intent in bot.corpus.intents.intents for phrase in intent.phrases)
        at = min(phrase.at for phrase in phrases if phrase.language == language)
        for what in _not_in_files(bot, language):
            yield at, f'"{language}" has no {what}'
        has_begun_only = language not in main_languages(bot.corpus)
        for place, what in _not_in_intents(bot.corpus, language):
            yield at if has_begun_only else place, f'"{language}" has no {what}'
        texts = [(name, text) for name, text in _texts_of_card(bot.corpus) if text.texts]
        if missing := [name for name, text in texts if language not in text.languages()]:
            yield _card(bot.corpus), f'"{language}" is missing under {_some(missing)}'


def _not_in_files(bot: Bot, language: str) -> Iterator[str]:
    """What the program has for English, Russian and Persian, and an editor writes for any other language."""
    if not bot.wordings.own_lines(language):
        sentences = "sentences of the bot's own; translate bot/conversation/wording/en.yaml"
        yield f"{sentences} as {language}/wording.yaml beside the intents"
    if language not in bot.matcher.lexicon.kinds.languages():
        kinds = "question words (when, how much ...); translate bot/matching/question_kinds/en.yaml"
        yield f"{kinds} as {language}/question-kinds.yaml beside the intents"
    if language not in STEMMERS:
        yield "stemmer, so that each ending is a word of its own; write phrases with the usual endings"


def _not_in_intents(corpus: Corpus, language: str) -> Findings:
    """Each kind of thing once, with the place of the first intent that lacks it."""
    intents = corpus.intents.intents
    answers = corpus.intents.answers()
    asked = {each.id for each in intents if any(phrase.language == language for phrase in each.phrases)}
    if language not in main_languages(corpus):  # else each has a problem of its own
        if unasked := [each for each in answers if each.id not in asked]:
            yield answers[0].at, f"phrases for {len(unasked)} of {len(answers)} answers: {_some(unasked)}"
        if untitled := [each for each in answers if language not in each.title.languages()]:
            yield answers[0].at, f"titles for {len(untitled)} of {len(answers)} answers: {_some(untitled)}"
    if unnamed := [each for each in answers if language not in each.topic.title.languages()]:
        topics = dict.fromkeys(each.topic.name for each in unnamed)
        yield Location(unnamed[0].at.path), f'name of topics; add it under "topic:" of {_some(topics)}'
    others = [each for each in intents if each not in answers]
    if unasked := [each for each in others if each.id not in asked and each.phrases]:
        what = f"phrases for small talk, overviews, and what is refused: {_some(unasked)}"
        yield _place_of_phrases(unasked[0], language, corpus), what
    talk = [each for each in others if each.kind == SMALL_TALK]
    if silent := [each for each in talk if language not in each.say.languages()]:
        yield silent[0].at, f'answer to small talk; add it under "say:" of {_some(silent)}'
    refusing = [each for each in answers if each.negatives]
    if refusing and not any(n.language == language for each in refusing for n in each.negatives):
        what = f'negative examples; add some under "not:" of {_some(refusing)}'
        yield _place_of_phrases(refusing[0], language, corpus), what


def _place_of_phrases(intent: Intent, language: str, corpus: Corpus) -> Location:
    """The first phrase in the file where those of an intent in a language belong; without one the intent itself."""
    topic = PurePath(intent.at.path)
    file = str(topic.parent / language / topic.name)
    phrases = (phrase for each in corpus.intents.intents for phrase in each.phrases)
    return min((phrase.at for phrase in phrases if phrase.at.path == file), default=intent.at)


def _texts_of_card(corpus: Corpus) -> list[tuple[str, Localized]]:
    """None where there is no card."""
    source, card = corpus.source, corpus.source.metadata
    speakers = dict.fromkeys(passage.speaker for passage in source.passages)
    texts: list[tuple[str, Localized]] = [
        *((key, getattr(card, key)) for key in ("title", "outlet", "role", "place", "day")),
        *((f"the name of {speaker.id}", speaker.name) for speaker in speakers),
        *((f"the title of {each.id}", each.title) for each in source.sections() if not each.heading),
    ]
    return texts if card.title.texts else []


def _card(corpus: Corpus) -> Location:
    return Location(str(PurePath(corpus.source.path).with_suffix(".yaml")))


def wrong_script(bot: Bot) -> Findings:
    """A word has letters of two scripts that look alike, so no question matches it; or a phrase is in letters in which
    its language has hardly any. Latin ones stand everywhere ("yandex")."""
    intents = bot.corpus.intents.intents
    by_script = languages_by_script(intents)
    for intent in intents:
        for phrase in (*intent.phrases, *intent.negatives):
            for word in _MIXED.findall(phrase.text):
                yield phrase.at, f'"{word}" mixes Latin letters with others; type it anew'
            if phrase.script not in {"", "latin"} and phrase.language not in by_script[phrase.script]:
                misplaced = f'"{phrase.text}" is not in the letters of "{phrase.language}"'
                yield phrase.at, f"{misplaced}; move it to its language"


def unknown_script(bot: Bot) -> Findings:
    """Phrases are in letters of which the program has no table, so that they count as Latin ones."""
    found: dict[str, tuple[Location, str, str]] = {}
    for intent in bot.corpus.intents.intents:
        for phrase in intent.phrases:
            letters = [char for char in phrase.text if char.isalpha()]
            unknown = [char for char in letters if script_of(char) is None]
            if 2 * len(unknown) > len(letters):
                found.setdefault(_script_name(unknown[0]), (phrase.at, phrase.text, phrase.language))
    for script, (at, text, language) in found.items():
        row = f'"{script}": Script("{language}", "{_ranges(script)}"),'
        yield at, f'"{text}" is in {script} letters; add this row to SCRIPTS in bot/text/languages.py: {row}'


def _script_name(char: str) -> str:
    """Of a letter, in Unicode's word: "greek"."""
    return unicodedata.name(char, "unknown").split()[0].lower()


def _ranges(script: str) -> str:
    """The letters of a script as they stand between the brackets of a regular expression."""
    places = [n for n in range(0x10000) if chr(n).isalpha() and _script_name(chr(n)) == script]
    ranges: list[tuple[int, int]] = []
    for place in places:
        first = ranges.pop()[0] if ranges and place - ranges[-1][1] <= _GAP else place
        ranges.append((first, place))
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


def _some(named: Iterable[str | Intent]) -> str:
    names = [each if isinstance(each, str) else each.id for each in named]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
