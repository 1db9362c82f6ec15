"""Fits a forgetting curve a · b^u, where u is the elapsed time as a multiple of the interval."""

from collections.abc import Sequence
from math import exp, log

ROUNDS = 100
"""The maximum number of iterations, a safeguard that is never reached."""

LEAST = 1e-9


def calibrate(waited: Sequence[float], recalled: Sequence[bool]) -> tuple[float, float]:
    """The A, B ≥ 0 of the curve exp(-(A + B·u)) under which the answers are likeliest.

    The likelihood is convex in both, so there is one optimum; Newton's steps, halved until they gain, find it.
    """
    values = (0.05, 0.05)
    cost = _cost(values, waited, recalled)
    for _round in range(ROUNDS):
        step = _newton_step(values, waited, recalled)
        size = 1.0
        while size > LEAST:
            changed = (max(0.0, values[0] - size * step[0]), max(0.0, values[1] - size * step[1]))
            lower = _cost(changed, waited, recalled)
            if lower < cost:
                break
            size /= 2
        else:
            return values
        gained, values, cost = cost - lower, changed, lower
        if gained < LEAST:
            return values
    return values


def _cost(values: tuple[float, float], waited: Sequence[float], recalled: Sequence[bool]) -> float:
    """The negative logarithm of the likelihood."""
    offset, slope = values
    cost = 0.0
    for time, right in zip(waited, recalled, strict=True):
        exponent = max(offset + slope * time, LEAST)
        cost += exponent if right else -log(1 - exp(-exponent))
    return cost


def _newton_step(values: tuple[float, float], waited: Sequence[float], recalled: Sequence[bool]) -> tuple[float, float]:
    """The gradient divided by the curvature; along one axis alone where the other value is held at 0."""
    offset, slope = values
    by_offset = by_slope = aa = ab = bb = 0.0
    for time, right in zip(waited, recalled, strict=True):
        exponent = max(offset + slope * time, LEAST)
        if right:
            by_offset += 1
            by_slope += time
        else:
            left = exp(-exponent)
            pull = left / (1 - left)
            by_offset -= pull
            by_slope -= pull * time
            curve = pull * (1 + pull)
            aa += curve
            ab += curve * time
            bb += curve * time * time
    holds_offset, holds_slope = offset == 0 and by_offset > 0, slope == 0 and by_slope > 0
    determinant = aa * bb - ab * ab
    if holds_offset or holds_slope or determinant <= LEAST:
        return (
            0.0 if holds_offset else by_offset / (aa or 1.0),
            0.0 if holds_slope else by_slope / (bb or 1.0),
        )
    return (bb * by_offset - ab * by_slope) / determinant, (aa * by_slope - ab * by_offset) / determinant
