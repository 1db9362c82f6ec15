"""What a card's template shows: which fields, in which order, and in which way."""

import re
from dataclasses import dataclass

_TAG = re.compile(r"\{\{(?P<sign>[#^/!]?)(?P<content>[^{}]*)\}\}")
SPECIAL = frozenset(("FrontSide", "Tags", "Type", "Deck", "Subdeck", "CardFlag", "Card", "CardID"))
"""What looks like a field and is none."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a card, as the names of fields, each once and in the order in which they stand.

    `shown` are shown at once, `hints` on demand, `typed` are to be typed, `deleted` have deletions that are asked, and
    `conditions` only decide what is shown.
    """

    shown: tuple[str, ...]
    hints: tuple[str, ...]
    typed: tuple[str, ...]
    deleted: tuple[str, ...]
    conditions: tuple[str, ...]


def side(template: str) -> Side:
    """What one side of a template shows."""
    found: dict[str, dict[str, None]] = {way: {} for way in ("shown", "hints", "typed", "deleted", "conditions")}
    for tag in _TAG.finditer(re.sub(r"<!--.*?-->", "", template, flags=re.DOTALL)):
        *filters, name = (part.strip() for part in tag["content"].split(":"))
        if name and name not in SPECIAL:
            found["conditions" if tag["sign"] else _way(filters)][name] = None
    return Side(**{way: tuple(names) for way, names in found.items()})


def _way(filters: list[str]) -> str:
    if "cloze" in filters or "cloze-only" in filters:
        return "deleted"
    if "type" in filters:
        return "typed"
    return "hints" if "hint" in filters else "shown"
