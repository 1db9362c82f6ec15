"""A sentence for a person, with its values kept apart so that it can be translated."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with ``{names}`` for its values. The sentence is its own key in the catalogs.

    A list among the values is an enumeration; its members are joined by the comma of the language.
    """

    template: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format_map({name: join_values(value, ", ") for name, value in self.values.items()})


def join_values(value: object, comma: str) -> object:
    """An enumeration as one text, ``q, a, cloze``; any other value as it is."""
    return comma.join(map(str, value)) if isinstance(value, list) else value


def message(template: str, /, **values: object) -> Message:
    """A sentence and its values. Every template given here is a key of the translation catalogs."""
    return Message(template, values)
