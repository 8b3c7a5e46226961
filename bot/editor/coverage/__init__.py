"""Which words of the interview are quoted by which intents, and which by none.

Counted are the characters of passages, each once, however many intents quote it. Headings, attributions and the
marks between them are never quoted and never counted.
"""
