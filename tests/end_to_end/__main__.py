"""`python -m tests.end_to_end --port 8081`: runs the fake by hand.

Each line that you type is sent to the bot as a private message; what the bot sends is printed. Ctrl-C ends.
"""

import argparse
import sys
import threading
from functools import partial

from tests.end_to_end.processes import Fake, running_fake
from tests.end_to_end.state import TOKEN, Message


def main() -> int:
    """Serves until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    with running_fake(port=parser.parse_args().port) as fake:
        print(f"TELEGRAM_BOT_TOKEN={TOKEN} TELEGRAM_API_BASE={fake.address} python run_bot.py")
        threading.Thread(target=_show, args=(fake,), daemon=True).start()
        visitor = fake.visitor()
        for line in sys.stdin:
            if line.strip():
                visitor.says(line.strip())
    return 0


def _show(fake: Fake) -> None:
    """Prints every message of the bot, once."""
    shown = 0
    while True:
        for message in fake.wait_for(partial(_newer, fake, shown), patience=None):
            labels = " ".join(f"[{button['text']}]" for row in message.buttons for button in row)
            print(f"\n{message.text}\n{labels}\n", flush=True)
            shown = message.id


def _newer(fake: Fake, number: int) -> list[Message]:
    return [message for message in fake.state.sent.values() if message.id > number]


if __name__ == "__main__":
    sys.exit(main())
