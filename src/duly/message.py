"""A sentence for a person, with its values kept apart so that a face can translate it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with ``{names}`` for its values. The sentence is its own key in the catalogs.

    A value that is a list is an enumeration, whose members are joined as the language does it.
    """

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format_map({name: joined(value, ", ") for name, value in self.values.items()})


def joined(value: object, comma: str) -> object:
    """An enumeration as one text, ``q, a, cloze``; any other value as it is."""
    return comma.join(map(str, value)) if isinstance(value, list) else value


def message(template: str, /, **values: object) -> Message:
    """A sentence and its values. Every template given here is a key of the translation catalogs."""
    return Message(template, values)
