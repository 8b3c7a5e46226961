"""The verbs of `python -m bot`, a module for each kind of work.

Rule: a verb reads its options, calls one room, prints, and returns an exit code: 0 clean, 1 problems in the
files that were read, 2 misuse. Nothing is computed here. Verbs are dry: they print, and write only when told to.
"""
