"""What became of a run: the line that is printed, and the bars that were missed."""

from dataclasses import dataclass

from tests.soak.ledger import Ledger
from tests.soak.plan import Plan


@dataclass(frozen=True, slots=True)
class Result:
    """One run.

    allowed   duplicates that no bot can avoid: sends in flight at a kill, answers that the fake withheld
    peak      MB of the largest process
    growth    MB between a fifth of the run and its end; measured only where the plan counts messages
    leaked    whether the token is in what the bot wrote
    story     what was done to the bot
    """

    plan: Plan
    ledger: Ledger
    allowed: int
    peak: float
    growth: float
    leaked: bool
    story: str

    def line(self) -> str:
        """The one line."""
        found = self.ledger
        return (
            f"sent {found.sent}, answered {found.answered}, unanswered {found.unanswered}, "
            f"duplicates {found.duplicates} (at most {self.allowed}), out of order {found.out_of_order}, "
            f"99th percentile {found.percentile(0.99):.0f} ms, peak memory {self.peak:.0f} MB; {self.story}"
        )

    def missed(self) -> list[str]:
        """A sentence for each bar that is missed."""
        found, plan = self.ledger, self.plan
        slowest = 1000 * plan.latency + (plan.p99_bar or 0.0)
        bars = (
            (found.unanswered > 0, f"{found.unanswered} of {found.sent} questions were not answered"),
            (found.out_of_order > 0, f"{found.out_of_order} replies came out of order"),
            (found.duplicates > self.allowed, f"{found.duplicates} duplicates; {self.allowed} are allowed"),
            (self.leaked, "the token is in what the bot wrote"),
            (
                plan.p99_bar is not None and found.percentile(0.99) > slowest,
                f"the 99th percentile is over {slowest:.0f} ms",
            ),
            (
                plan.growth_bar is not None and self.growth > plan.growth_bar,
                f"memory grew by {self.growth:.1f} MB; {plan.growth_bar} are allowed",
            ),
        )
        return [sentence for missed, sentence in bars if missed]
