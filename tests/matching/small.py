"""A few intents for tests of matching, with names and kinds of questions of their own."""

from bot.corpus.intent_files import merge, read_intents
from bot.corpus.intents import IntentSet
from bot.matching import Lexicon, Matcher, Ranking
from bot.matching.lexicon import NameTable, QuestionKinds
from bot.matching.values import AnsweredFeatures
from bot.yamlfiles.documents import parse_document

VISIT_AND_FOG = """
topic: {en: A visit}
intents:
  - id: visit
    title: {en: Did Iran visit Russia?}
    quotes: [The minister of Iran went to Russia in May 2015.]
    phrases:
      en: [did iran visit russia, when did iran go to russia, which russian did iran visit, has iran been to russia]
      ru: [посетил ли иран россию, когда иран поехал в россию]
    not:
      en: [did russia visit iran, has russia been to iran, will russia ever come to iran]
      ru: [посетила ли россия иран]
  - id: fog
    title: {en: What is worse than a storm?}
    quotes: [Fog is worse than any storm.]
    phrases:
      en: [what is worse than a storm, is fog worse than a storm, how bad is fog]
    not:
      en: [what causes the fog, who likes fog]
  - id: people
    kind: out-of-scope
    title: {en: People}
    phrases:
      en: [who is the mayor of the town, where does the mayor live]
"""

LEXICON = Lexicon(
    kinds=QuestionKinds({"en": {"when": ["when"], "who": ["who"], "why": ["why"], "when_held": ["may"]}}),
    names=NameTable([["Iran", "Иран"], ["Russia", "Russian", "Россия"], ["China", "Китай"], ["minister"]]),
)


def intents_of(text: str) -> IntentSet:
    """The intents of one file's text, which has no problems."""
    node, problems = parse_document(text, "small.yaml")
    assert node is not None, problems
    intents, invalid = read_intents("small", node)
    merged, conflicts = merge([intents])
    assert ((), ()) == (invalid, conflicts), [*invalid, *conflicts]
    return merged


INTENTS = intents_of(VISIT_AND_FOG)


def ranking(matcher: Matcher, question: str, leader: str) -> Ranking:
    """That of a question whose leading candidate is that one."""
    found = matcher.rank(matcher.utterance(question))
    assert leader == found.candidates[0].intent_id
    return found


def answered(matcher: Matcher, question: str, leader: str) -> AnsweredFeatures:
    """The features of a question whose leading candidate is that one."""
    features = ranking(matcher, question, leader).answered_features
    assert features is not None
    return features
