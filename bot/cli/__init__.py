"""The commands of `python -m bot`, one file each, named as the command.

A command reads its options, calls one package, prints, and returns an exit code: 0 for success, 1 for problems in the
files that were read, 2 for a usage error, 130 after Ctrl-C. It prints results on standard output and complaints on
standard error, and writes files only when an option says so.

Each file has SUMMARY (one sentence) and EXAMPLE (the words after the command) for help, `add_options`, and `run`.
"""
