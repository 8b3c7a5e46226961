"""Coverage-guided fuzzing of everything that reads foreign input: `make fuzz`, not part of `make test`.

`targets` says what must hold for any input; `__main__` lets atheris (https://github.com/google/atheris) search for an
input for which it does not. What it finds becomes a case of an ordinary test, and then a repair.
"""
