"""The commands of `python -m bot`, a module for each kind of work.

Rule: a command reads its options, calls one package, prints, and returns an exit code: 0 clean, 1 problems in the
files that were read, 2 a usage error. Nothing is computed here. Commands are dry: they print, and write only
when told to.
"""
