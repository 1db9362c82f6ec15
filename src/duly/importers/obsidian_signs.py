"""Finds the separator between a question and its answer on a line of an Obsidian note."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from duly.importers.importer import ImportOptions
from duly.importers.markdown_spans import FILLER, mask_markup
from duly.importers.obsidian_text import CLOZES

HIGHLIGHT = ("highlight",)
"""The signs around hidden text that are always on."""

PROPERTY = re.compile(r"\s*(?:[-*+][ \t]+)?[\w-]+::(?:[ \t\u00a0]|$)")
"""A property of a note, used by other plugins: ``author:: Mary Shelley``."""

JOINING_SIGNS = frozenset("→←<>=|")
"""Characters beside a separator that make it a part of a longer one, as in ``→:::←``."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A line with question and answer: the indexes of its separator, and whether the card is asked both ways."""

    start: int
    end: int
    is_two_way: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """The separators of cards and the signs around hidden text, according to the options."""

    options: ImportOptions

    @property
    def cloze_signs(self) -> tuple[str, ...]:
        return (*HIGHLIGHT, *self.options.clozes)

    @property
    def separators(self) -> Mapping[str, bool]:
        """The separators on a line, the longest first, and whether their cards are asked both ways."""
        signs_in_options = {
            **dict.fromkeys(self.options.separators, False),
            **dict.fromkeys(self.options.two_way_separators, True),
        }
        separators = signs_in_options if signs_in_options else {"::": False, ":::": True}
        return dict(sorted(separators.items(), key=lambda item: -len(item[0])))

    def pair(self, text: str) -> Pair | None:
        """The first separator with text on both sides; separators for both ways take precedence."""
        separators = self.separators
        if not any(sign in text for sign in separators) or PROPERTY.match(text):
            return None
        mask = text
        for sign in ("curly", "highlight"):
            mask = CLOZES[sign].sub(_filler, mask)
        mask = mask_markup(mask)
        lead = len(text) - len(text.lstrip())
        pattern = re.compile("|".join(map(re.escape, separators)))  # ``:::|::``
        pairs = [
            Pair(match.start(), match.end(), separators[match[0]])
            for match in pattern.finditer(mask)
            if match.start() > lead
        ]
        whole_pairs = [pair for pair in pairs if not self._is_part(text, pair)]
        first = next((pair for pair in whole_pairs if pair.is_two_way), next(iter(whole_pairs), None))
        return first if first is not None and text[first.end :].strip() else None

    def _is_part(self, text: str, pair: Pair) -> bool:
        """Whether a separator of colons is part of a longer one."""
        neighbours = {text[pair.start - 1 : pair.start], text[pair.end : pair.end + 1]}
        return text[pair.start : pair.end].strip(":") == "" and bool(neighbours & {*JOINING_SIGNS, ":"})


def _filler(match: re.Match[str]) -> str:
    return FILLER * len(match[0])
