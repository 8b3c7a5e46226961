"""`python -m tests.soak [trouble | flood | load | memory] [--mode polling | webhook | nginx] ...`: see `plan`.

Prints one line. Exit codes: 0 all bars are kept, 1 one is missed (a line each on standard error), 2 a usage error.
"""

import logging
import sys

from tests.soak.plan import read_plan
from tests.soak.run import Skipped, soak


def main() -> int:
    """One run. One that cannot be made on this machine is no failure."""
    plan = read_plan(sys.argv[1:])
    print(f"{plan}", file=sys.stderr, flush=True)
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of the sockets of killed processes
    try:
        result = soak(plan)
    except Skipped as reason:
        print(reason)
        return 0
    print(result.line())
    for sentence in result.missed():
        print(f"missed: {sentence}", file=sys.stderr)
    return 1 if result.missed() else 0


if __name__ == "__main__":
    sys.exit(main())
