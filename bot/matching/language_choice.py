"""Which language a message is in, of those in which there are phrases.

Where one language is written in a script, the script tells; where several are, the words do.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from bot.corpus.intents import Intent
from bot.matching.identification import Identifier
from bot.matching.lexicon import Lexicon
from bot.matching.model import PhrasesByClass
from bot.text.folding import words
from bot.text.languages import UNKNOWN_SCRIPT


@dataclass(frozen=True)
class LanguageChoice:
    """Chooses among the languages of each script.

    by_script    for each known script its languages, at least one; the first is that of a text that tells nothing
    phrases      by language, as `model.by_language` makes them
    identifiers  by script what tells its languages apart, made when it is first needed
    """

    by_script: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, PhrasesByClass]
    intents: Sequence[Intent]
    lexicon: Lexicon
    identifiers: dict[str, Identifier] = field(default_factory=dict)

    @cached_property
    def sharing(self) -> frozenset[str]:
        """The languages that share their script with another one."""
        return frozenset(chain.from_iterable(known for known in self.by_script.values() if len(known) > 1))

    def narrowed(self, language: str) -> "LanguageChoice":
        """The same with this language alone in its script."""
        return replace(self, by_script={**self.by_script, self.script(language): (language,)})

    def languages(self) -> tuple[str, ...]:
        """The languages in which there are phrases, by script."""
        known = (language for script in sorted(self.by_script) for language in self.by_script[script])
        return tuple(language for language in known if language in self.phrases)

    def script(self, language: str) -> str:
        """The script of a language's phrases; of an unknown language the one for texts without letters."""
        return self._scripts.get(language, UNKNOWN_SCRIPT)

    @cached_property
    def _scripts(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for script, languages in self.by_script.items():
            found = dict.fromkeys(languages, script) | found
        return found

    def told(self, text: str, script: str, written: Collection[str], usual: str | None) -> str | None:
        """The language that the words of a text tell, unless it is a phrase in others alone, those in which it is
        `written`; else `usual` (a code such as "es" or "pt-br"), if it is one of the script; else None."""
        told = self._identifier(script).tell(text)
        if told and (told in written or not written):
            return told
        code = (usual or "").split("-")[0].lower()
        return code if code in self.by_script[script] else None

    def prepare(self) -> None:
        """Makes now what a first question would wait for."""
        for script, languages in self.by_script.items():
            if len(languages) > 1:
                self._identifier(script)

    def _identifier(self, script: str) -> Identifier:
        if script not in self.identifiers:
            texts = {each: self._texts_in(each) for each in self.by_script[script]}
            names = self.lexicon.names
            self.identifiers[script] = Identifier(texts, lambda word: bool(names.in_order(words(word))))
        return self.identifiers[script]

    def _texts_in(self, language: str) -> list[str]:
        """All that is known to be written in a language."""
        own = (phrase for each in self.phrases[language].values() for phrase in each)
        said = (
            text
            for intent in self.intents
            for code, text in (*intent.title.texts, *intent.say.texts)
            if code == language
        )
        return [
            *(p.text for p in own if p.language == language),
            *said,
            *self.lexicon.sentences.get(language, ()),
        ]
