"""Compares plans for an exam by simulation: with the present limits, with limits that reach every card, and with a
cram at the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b
from random import Random
from statistics import fmean

from duly.planning.simulation import Policy, SimulatedCard, SimulatedDay, SimulationResult, World, simulate

SIMULATED = 10_000
"""The least number of simulated cards: a small deck is simulated several times, and the mean is reported."""

MOST_RUNS = 100

LAST_STEPS = 3
"""No card should be new on the last day, nor on two before it, which its first interval and a drill need."""


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
    new = sum(card.memory is None for card in cards())
    reaching = max(present.new_per_day, -(-new // max(1, world.days - LAST_STEPS)))
    reviews = max(present.reviews_per_day, 10 * reaching)  # as many as this number of new cards a day can cause
    policies = {
        PlanName.PRESENT: present,
        PlanName.ALL: replace(present, new_per_day=reaching, reviews_per_day=reviews),
        PlanName.CRAM: replace(present, cram_minutes=cram_minutes),
    }
    return tuple(Plan(name, policy, _mean_result(cards, world, policy, seed)) for name, policy in policies.items())


def _mean_result(
    cards: Callable[[], Sequence[SimulatedCard]], world: World, policy: Policy, seed: str
) -> SimulationResult:
    number = min(max(1, SIMULATED // max(1, len(cards()))), MOST_RUNS)
    dice = Random(int.from_bytes(blake2b(seed.encode(), digest_size=8).digest(), "big"))
    results = [simulate(cards(), world, policy, dice) for _run in range(number)]
    days = [
        SimulatedDay(
            fmean(day.reviews for day in same),
            fmean(day.new for day in same),
            fmean(day.minutes for day in same),
            fmean(day.waiting for day in same),
        )
        for same in zip(*(result.days for result in results), strict=True)
    ]
    return SimulationResult(
        tuple(days),
        fmean(result.known for result in results),
        fmean(result.safe for result in results),
        fmean(result.unseen for result in results),
    )
