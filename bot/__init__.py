"""The interview bot: what does the visitor mean, and which passage answers it?

Everything feeds that one question or shows its result. The way of a message:

    str -> Utterance -> Ranking -> Decision -> Reply -> text on a screen

Laws
    1. Compare the key, quote the source: folded text is never shown, source text is never changed.
    2. Pure core: same input, same reply. No clock, randomness, files, network or environment in `text`,
       `yamlfiles`, `corpus`, `matching` and `conversation`.
    3. One library, one package: yaml in `yamlfiles`, rapidfuzz in `matching`, Stemmer in `text`, dotenv in
       `settings`, sqlite3 in `storage`, watchfiles in `loading`, telegram in `telegram_app`.
    4. Say when unsure: a wrong quotation is worse than an offer, and an offer is better than a shrug.
    5. One engine, one reply, several front ends: a front end renders a `Reply` and decides nothing.

Packages, high to low. A package imports only from lower rows, and names in one row do not know each other
(pyproject.toml has the contract; `make test` checks it).

    __main__                 finds the command of `python -m bot`
    cli                      the commands, one file each; they alone print reports and choose exit codes
    terminal | telegram_app  the two front ends
    editor | loading         tools for the people who write intents | from files to a proved bot, reloaded on change
    storage                  what is not answered yet or was not answered (SQLite); last answers (in memory)
    conversation             from a message or a button to a `Reply`
    matching                 from an utterance to a ranking to a decision
    corpus                   the source, its passages, the intents, and the proved quotations
    yamlfiles                YAML with positions, tables of fields, and problems
    text | settings          folding, stems, questions in a message, localized text | the environment, read once

Words: *utterance* what was typed (a *message* is Telegram's) · *intent* what is meant · *phrase* an example
utterance · *negative example* a phrase under `not:` (same topic, not answered) · *overview* an intent that shows the
quotations of others · *source*, *passage* (citable, one speaker), *section* · *quotation* verbatim text with its span ·
*similarity* a scorer's number, *confidence* a candidate's probability · *accept*, *sure* and *offer* the thresholds ·
*answer, offer, fallback, small talk* the kinds of reply · *nearest passage* an offer of a single candidate · *problem*
a located complaint, error or warning.
"""

__version__ = "0.1.0"
"""As in pyproject.toml; a test keeps them equal."""
