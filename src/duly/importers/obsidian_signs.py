"""The signs by which a note of Obsidian parts a question from its answer on a line, and what only looks like them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from duly.importers.importer import ImportOptions
from duly.importers.markdown_spans import FILLER, mask_markup
from duly.importers.obsidian_text import CLOZES

HIGHLIGHT = ("highlight",)
"""The signs around hidden text that are always read."""

FIELD = re.compile(r"\s*(?:[-*+][ \t]+)?[\w-]+::(?:[ \t\u00a0]|$)")
"""A property of a note, as its other plugins have it: ``author:: Mary Shelley``."""

BESIDE = frozenset("→←<>=|")
"""What beside a separator tells that it is only a part of another one, as in ``→:::←``."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line that asks and answers: the indexes of its separator, and whether it is asked both ways."""

    start: int
    end: int
    both: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that part cards and hide text."""

    options: ImportOptions

    @property
    def hiding(self) -> tuple[str, ...]:
        return (*HIGHLIGHT, *self.options.clozes)

    @property
    def parting(self) -> Mapping[str, bool]:
        """The separators of a line, the longest first, with whether each is asked both ways."""
        given = {
            **dict.fromkeys(self.options.separators, False),
            **dict.fromkeys(self.options.two_way_separators, True),
        }
        signs = given if given else {"::": False, ":::": True}
        return dict(sorted(signs.items(), key=lambda item: -len(item[0])))

    def pair(self, text: str) -> Pair | None:
        """The first separator of a line that has text on both sides; one that is asked both ways goes before others."""
        signs = self.parting
        if not any(sign in text for sign in signs) or FIELD.match(text):
            return None
        mask = text
        for sign in ("curly", "highlight"):
            mask = CLOZES[sign].sub(_filled, mask)
        mask = mask_markup(mask)
        lead = len(text) - len(text.lstrip())
        pattern = re.compile("|".join(map(re.escape, signs)))  # ``:::|::``
        pairs = [
            Pair(match.start(), match.end(), signs[match[0]])
            for match in pattern.finditer(mask)
            if match.start() > lead
        ]
        own = [pair for pair in pairs if not self._is_part(text, pair)]
        first = next((pair for pair in own if pair.both), next(iter(own), None))
        return first if first is not None and text[first.end :].strip() else None

    def _is_part(self, text: str, pair: Pair) -> bool:
        """Whether a separator of colons is only a part of a longer one."""
        around = {text[pair.start - 1 : pair.start], text[pair.end : pair.end + 1]}
        return text[pair.start : pair.end].strip(":") == "" and bool(around & {*BESIDE, ":"})


def _filled(match: re.Match[str]) -> str:
    return FILLER * len(match[0])
