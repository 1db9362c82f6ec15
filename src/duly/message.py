"""A sentence for a person, with its values kept apart so that a face can translate it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with ``{names}`` for its values. The sentence is its own key in the catalogs."""

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format_map(self.values)


def message(template: str, /, **values: object) -> Message:
    """A sentence and its values. Every template given here is a key of the translation catalogs."""
    return Message(template, values)
