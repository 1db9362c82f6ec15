"""Compares three plans for an exam by simulation: the present limits, limits that reach every card, and a cram at the
end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from random import Random
from statistics import fmean

from duly.planning.simulation import Policy, SimulatedCard, SimulatedDay, SimulationResult, World, simulate

LEAST_SIMULATED_CARDS = 10_000
"""The least number of simulated cards: a small deck is simulated several times, and the means are reported."""

MOST_RUNS = 100

LAST_STEPS = 3
"""The number of days before the exam without new cards, which the first interval and a drill need."""


class PlanName(StrEnum):
    """The plans that are compared."""

    PRESENT = "present"
    ALL = "all"
    CRAM = "cram"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for the exam, and its simulated result."""

    name: PlanName
    policy: Policy
    result: SimulationResult

    @property
    def reviews(self) -> float:
        return sum(day.reviews + day.new for day in self.result.days)

    @property
    def minutes(self) -> float:
        return sum(day.minutes for day in self.result.days)


def compare_plans(
    cards: Callable[[], Sequence[SimulatedCard]], world: World, present: Policy, *, seed: str, cram_minutes: float
) -> tuple[Plan, ...]:
    """Three plans for the exam, each simulated with the same seed. `cards` returns fresh cards."""
    new_count = sum(card.memory is None for card in cards())
    new_per_day = max(present.new_per_day, -(-new_count // max(1, world.days - LAST_STEPS)))
    reviews = max(present.reviews_per_day, 10 * new_per_day)  # about as many as the new cards cause
    policies = {
        PlanName.PRESENT: present,
        PlanName.ALL: replace(present, new_per_day=new_per_day, reviews_per_day=reviews),
        PlanName.CRAM: replace(present, cram_minutes=cram_minutes),
    }
    return tuple(Plan(name, policy, _mean_result(cards, world, policy, seed)) for name, policy in policies.items())


def _mean_result(
    cards: Callable[[], Sequence[SimulatedCard]], world: World, policy: Policy, seed: str
) -> SimulationResult:
    run_count = min(max(1, LEAST_SIMULATED_CARDS // max(1, len(cards()))), MOST_RUNS)
    random = Random(int.from_bytes(blake2b(seed.encode(), digest_size=8).digest(), "big"))
    results = [simulate(cards(), world, policy, random) for _run in range(run_count)]
    days = [
        SimulatedDay(
            fmean(day.reviews for day in day_results),
            fmean(day.new for day in day_results),
            fmean(day.minutes for day in day_results),
            fmean(day.waiting for day in day_results),
        )
        for day_results in zip(*(result.days for result in results), strict=True)
    ]
    return SimulationResult(
        tuple(days),
        fmean(result.known_cards for result in results),
        fmean(result.safe_cards for result in results),
        fmean(result.unseen_cards for result in results),
    )
