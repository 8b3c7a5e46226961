"""What the rules of form say, with an example of each.

Rule: what is said here is found elsewhere, while files are read; a test tries each example there, and fails when
a rule is found that is not told of here. Of an example only the lines that matter are shown; one that begins with
a comment is about that file as a whole.
"""

FORM = {
    "yaml-syntax": """
        The file is not YAML, or uses of YAML what a reader could misread (anchors, tags, a second document).

        Passes:
            - id: a
              title: {en: "Why? Since when?"}
        Fails:
            - id: a
              title: {en: "Why?}
        """,
    "empty-file": """
        The file holds no intents, or the folder no files.

        Passes:
            - id: a
              phrases: {en: [why did it leave]}
        Fails:
            []
        """,
    "duplicate-key": """
        A key stands twice, so that one of the two would be lost.

        Passes:
            - id: a
              quotes: [It left., It does not come back.]
        Fails:
            - id: a
              quotes: [It left.]
              quotes: [It does not come back.]
        """,
    "not-text": """
        Something else stands where a text, or a list of texts, should stand: a colon in a phrase makes it a key.

        Passes:
            - id: a
              phrases: {en: ["the reason: which one"]}
        Fails:
            - id: a
              phrases: {en: [the reason: which one]}
        """,
    "empty-text": """
        A text is empty.

        Passes:
            - id: a
              title: {en: Why did it leave?}
        Fails:
            - id: a
              title: {en: ""}
        """,
    "unknown-key": """
        A key that means nothing here: a slip, for which the nearest right one is named, or one that belongs to
        intents of another kind.

        Passes:
            - id: a
              phrases: {en: [why did it leave]}
        Fails:
            - id: a
              phrasse: {en: [why did it leave]}
        """,
    "missing-key": """
        Something is left out that cannot be done without: an intent's id, title or phrases, a file's topic.

        Passes:
            - id: a
              title: {en: Why did it leave?}
              phrases: {en: [why did it leave]}
        Fails:
            - title: {en: Why did it leave?}
              phrases: {en: [why did it leave]}
        """,
    "unknown-value": """
        A value that cannot stand here: an id with capitals, a kind that does not exist.

        Passes:
            - id: a-b
              kind: out-of-scope
        Fails:
            - id: A B
              kind: out of scope
        """,
    "todo": """
        A draft still says TODO where a person must write.

        Passes:
            - id: a
              title: {en: Why did it leave?, ru: Почему ушёл?}
        Fails:
            - id: a
              title: {en: Why did it leave?, ru: TODO}
        """,
    "empty-intent": """
        An intent has no phrases, an answer no quotation, or small talk nothing to say.

        Passes:
            - id: a
              quotes: [It left.]
              phrases: {en: [why did it leave]}
        Fails:
            - id: a
              quotes: []
              phrases: {en: [why did it leave]}
        """,
    "duplicate-id": """
        Two intents have the same id.

        Passes:
            - id: a
            - id: b
        Fails:
            - id: a
            - id: a
        """,
    "unknown-intent": """
        An intent is named under see_also that does not exist.

        Passes:
            - id: a
              see_also: [b]
            - id: b
        Fails:
            - id: a
              see_also: [c]
            - id: b
        """,
    "duplicate-phrase": """
        The same phrase (but for capitals, accents and punctuation) stands in two intents, so that nobody could tell
        which is meant. Twice in one intent it is a warning.

        Passes:
            - id: a
              phrases: {en: [why did it leave]}
            - id: b
              phrases: {en: [does it come back]}
        Fails:
            - id: a
              phrases: {en: [why did it leave]}
            - id: b
              phrases: {en: ["Why did it leave?"]}
        """,
    "not-verbatim": """
        A quotation does not stand in the text, word for word. The nearest place is shown, and where the two first
        differ. Line breaks and the forms of dashes and quotation marks do not matter.

        Passes:
            - id: a
              quotes: [It left.]
        Fails:
            - id: a
              quotes: [It has left.]
        """,
    "quote-not-unique": """
        A quotation stands in several places of the text, so that its place cannot be shown.

        Passes:
            - id: a
              quotes: [It left.]
        Fails:
            - id: a
              quotes: [It]
        """,
    "quote-crosses-speakers": """
        A quotation runs over the end of a passage: the words of one speaker would be shown as those of another.

        Passes:
            - id: a
              quotes: [It left., It does not come back.]
        Fails:
            - id: a
              quotes: [It left. It does not come back.]
        """,
    "truncated-quote": """
        A quotation begins or ends within a word, or leaves out the negation before it.

        Passes:
            - id: a
              quotes: [It does not come back.]
        Fails:
            - id: a
              quotes: [come back.]
        """,
    "altered-source": """
        The text is not the one that the source card describes.

        Passes:
            # seeds/interview.yaml
            sha256: a2fabbce92bdf6388af421dcef49c246337074bbe36f60a825615397d62b79cb
        Fails:
            # seeds/interview.yaml
            sha256: 00000000000000000000000000000000000000000000000000000000000000ff
        """,
    "broken-partition": """
        The segments of the source card are not the whole text in its order, each word in one of them.

        Passes:
            # seeds/interview.yaml
            segments:
              - {passage: leaving, speaker: keeper, text: It left.}
              - {passage: return, speaker: keeper, from: It does, to: come back.}
        Fails:
            # seeds/interview.yaml
            segments:
              - {passage: return, speaker: keeper, from: It does, to: come back.}
        """,
    "unread-file": """
        A file that nobody reads: with another ending than .yaml, in a folder below, or a source card without its text.
        A warning.

        Passes:
            # intents/payments.yaml
        Fails:
            # intents/payments.yml
        """,
    "unreadable": """
        A file cannot be read: it is no file, leads out of its folder, is too large, or may not be read.

        Passes:
            # intents/payments.yaml
        Fails:
            # intents/payments.yaml -> /elsewhere/payments.yaml
        """,
    "wrong-placeholder": """
        A line of the bot's own words has other words in braces than the English one.

        Passes:
            # bot/wording/ru.yaml
            section: "Раздел: {section}"
        Fails:
            # bot/wording/ru.yaml
            section: "Раздел: {раздел}"
        """,
    "stale-calibration": """
        The weights and thresholds were fitted to other intents than those that are there now. A warning; it is made
        right by `python -m bot calibrate --write`, which takes a minute and is worth it after many changes.

        Passes:
            # bot/matching/calibration.yaml
            fitted_to: the checksum of the intents
        Fails:
            # bot/matching/calibration.yaml
            fitted_to: another checksum
        """,
}
"""By the name of the problems, in the order in which an editor is likely to meet them."""
