"""What a card's template shows: which fields, in which order, and in which way."""

import re
from collections.abc import Collection, Iterator, Mapping
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


def side(template: str, filled: Collection[str] = (), empty: Collection[str] = ()) -> Side:
    """What one side of a template shows, where the fields `filled` hold something and the fields `empty` nothing.

    What a condition on any other field lets show is taken as shown.
    """
    found: dict[str, dict[str, None]] = {way: {} for way in ("shown", "hints", "typed", "deleted", "conditions")}
    for sign, content, is_open in _tags(template, {"#": empty, "^": filled}):
        *filters, name = (part.strip() for part in content.split(":"))
        if name and name not in SPECIAL and (sign or is_open):
            found["conditions" if sign else _way(filters)][name] = None
    return Side(**{way: tuple(names) for way, names in found.items()})


def _tags(template: str, hiding: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str, bool]]:
    """The sign and content of every tag, and whether no section that it stands in is hidden.

    `hiding` tells, by the sign of a section, the fields whose section is hidden.
    """
    sections: list[bool] = []
    for tag in _TAG.finditer(re.sub(r"<!--.*?-->", "", template, flags=re.DOTALL)):
        sign, content = tag["sign"], tag["content"]
        if sign in hiding:
            sections.append(content.strip() not in hiding[sign])
        elif sign == "/" and sections:
            sections.pop()
        yield sign, content, all(sections)


def _way(filters: list[str]) -> str:
    if "cloze" in filters or "cloze-only" in filters:
        return "deleted"
    if "type" in filters:
        return "typed"
    return "hints" if "hint" in filters else "shown"
