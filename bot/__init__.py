"""The interview bot: what does the visitor mean, and which passage answers it?

Everything feeds that one question or shows its result. The way of a message:

    str -> Utterance -> tuple[Candidate, ...] -> Decision -> Reply -> text on a screen

Laws
    1. Compare the key, quote the source: folded text is never shown, source text never changed.
    2. Pure core: same input, same reply. No clock, chance, files, network or environment below `loading`.
    3. One library, one room: yaml in `documents`, rapidfuzz in `matching`, Stemmer in `language`,
       dotenv in `settings`, sqlite3 in `inbox` and `journal`, watchfiles in `live`, telegram in
       `telegram_app`.
    4. Say when unsure: a wrong quotation is worse than an offer, and an offer is better than a shrug.
    5. One engine, one reply, many faces: a face renders a `Reply` and decides nothing.

Rooms, low to high (a room imports only from lower rows; pyproject.toml has the contract, `make test` keeps it)

    odds           from log-odds to probabilities
    problems       a place in a file and what is wrong there
    localized      one text in several languages, and the best of them for a visitor
    regression     two small regressions, for a handful of weights
    inbox          what was handed over and is not answered yet, on disk
    documents      YAML text as located values
    language       the one form in which two strings are compared: folding, words, stems, script
    questions      one message may hold several questions: where it is cut
    requests       what can be asked without typing (buttons, links), and its text of at most 64 bytes
    settings       the environment, read once; secrets hidden
    schema         what a YAML file of ours may hold: tables of fields, and the reader that applies them
    snapshot       which files an editor may change, and whether somebody has
    passages       the interview, unaltered, partitioned; the one line that makes quoted text
    wording        the bot's own sentences, a YAML file a language
    frames         the forms of questions and the function words of a language, for drafts
    card           the source card: from YAML to a `Source` whose partition is proved
    intents        what a visitor may mean: YAML to values, each with file and line
    matching       from an utterance to ranked candidates with their evidence, and to a decision
    corpus         the source and the intents as one proved whole
    replies        a reply, whatever it is shown on
    mentions       which words of a question the interview mentions, and in which sentences
    understanding  what a message means: its questions, each with a decision, in context
    names          names in a question that the interview never mentions
    pages          the replies to commands and buttons
    answers        from what was typed or pressed to a reply made of quotations and remarks
    journal        what could not be answered, kept for the editor without any person in it
    trials         the intents asked themselves, of a matcher that does not know what is asked
    evaluate       how well the bot answers a file of questions
    coverage       which words of the interview are quoted by which intents, and which by none
    derive         drafts of stanzas for what no intent quotes, and of a source card for a new text
    calibrate      derives the weights and thresholds of the confidence from the intents alone
    check          what every rule says, and those about the content: right in form, and still not good
    explain        why the bot replied as it did, from the decision that was made
    editor_schema  the tables of fields as JSON Schema, for editors
    loading        the door to the files: all or nothing
    records        a reply as one JSON object, for other programs
    scorecards     the results of an evaluation as text and JSON, and compared with an earlier run
    review         from the journal to what an editor may write, tried on a copy
    explanations   an explanation as text and as a record
    score_page     the same as one page to look at
    live           saved files go live while the bot runs
    orphans        files beside ours that nobody reads
    terminal       the same conversation on a keyboard
    telegram_app   the same conversation on Telegram

Doors: `verbs` (of `python -m bot`; the only place that prints tool reports and chooses exit codes), `__main__`
(finds the verb) and `run_bot.py` beside this package (load, stop on any error, run).

Words: *utterance* what was typed (a *message* is Telegram's) · *intent* what is meant · *phrase* an example
utterance · *near-miss* a phrase under `not:`: same topic, not answered · *source*, *passage* (citable, one
speaker), *section* · *quotation* verbatim text with its span · *similarity* a scorer's number, *confidence* a
candidate's probability · *accept* and *offer* the thresholds · *answer, offer, fallback, small talk* the kinds of
reply · *problem* a located complaint, error or warning.
"""

__version__ = "0.1.0"
"""As in pyproject.toml; a test keeps them equal."""
