"""Fits a forgetting curve a · b^u, where u is the elapsed time as a multiple of the interval."""

from collections.abc import Sequence
from math import exp, log

ROUNDS = 100
"""The maximum number of iterations, a safeguard that is never reached."""

TOLERANCE = 1e-9


def calibrate(ratios: Sequence[float], recall_flags: Sequence[bool]) -> tuple[float, float]:
    """The maximum likelihood estimates of A, B ≥ 0 for the curve exp(-(A + B·u)); `ratios` are the u of the answers.

    The negative log likelihood is convex, so it has one minimum, which Newton's method with halved steps finds.
    """
    values = (0.05, 0.05)
    cost = _cost(values, ratios, recall_flags)
    for _round in range(ROUNDS):
        step = _newton_step(values, ratios, recall_flags)
        size = 1.0
        while size > TOLERANCE:
            new_values = (max(0.0, values[0] - size * step[0]), max(0.0, values[1] - size * step[1]))
            new_cost = _cost(new_values, ratios, recall_flags)
            if new_cost < cost:
                break
            size /= 2
        else:
            return values
        gain, values, cost = cost - new_cost, new_values, new_cost
        if gain < TOLERANCE:
            return values
    return values


def _cost(values: tuple[float, float], ratios: Sequence[float], recall_flags: Sequence[bool]) -> float:
    """The negative log likelihood."""
    offset, slope = values
    cost = 0.0
    for ratio, is_recalled in zip(ratios, recall_flags, strict=True):
        exponent = max(offset + slope * ratio, TOLERANCE)
        cost += exponent if is_recalled else -log(1 - exp(-exponent))
    return cost


def _newton_step(
    values: tuple[float, float], ratios: Sequence[float], recall_flags: Sequence[bool]
) -> tuple[float, float]:
    """Newton's step; along one axis only if the other value is held at 0."""
    offset, slope = values
    by_offset = by_slope = aa = ab = bb = 0.0
    for ratio, is_recalled in zip(ratios, recall_flags, strict=True):
        exponent = max(offset + slope * ratio, TOLERANCE)
        if is_recalled:
            by_offset += 1
            by_slope += ratio
        else:
            survival = exp(-exponent)
            odds = survival / (1 - survival)
            by_offset -= odds
            by_slope -= odds * ratio
            curve = odds * (1 + odds)
            aa += curve
            ab += curve * ratio
            bb += curve * ratio * ratio
    holds_offset, holds_slope = offset == 0 and by_offset > 0, slope == 0 and by_slope > 0
    determinant = aa * bb - ab * ab
    if holds_offset or holds_slope or determinant <= TOLERANCE:
        return (
            0.0 if holds_offset else by_offset / (aa or 1.0),
            0.0 if holds_slope else by_slope / (bb or 1.0),
        )
    return (bb * by_offset - ab * by_slope) / determinant, (aa * by_slope - ab * by_offset) / determinant
