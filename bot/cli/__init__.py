"""The commands of `python -m bot`, one file each, named as the command.

A command reads its options, calls one package, and prints: results on standard output, complaints on standard error.
It writes files only when an option says so. The exit code is 0 for success, 1 for problems in the files that were read,
2 for a usage error, and 130 after Ctrl-C.

Each file has a docstring of one sentence, which help shows, `add_options`, and `run`, which returns the exit code where
it is not 0. It may have EXAMPLE: the words after the command in the last line of help.
"""
