"""A note as the values of its keys, in which it can be compared with another one, and be given some of theirs."""

from collections.abc import Mapping

from duly.cards.kinds import Basic, Choice, Cloze, Kind, Reversed, Typed
from duly.cards.note import Note

Value = str | bool | tuple[str, ...]
"""A text, whether something is so, or several texts. An empty text and whatever else is false stand for no key."""


def values(note: Note) -> dict[str, Value]:
    """What is written of a note, by the keys of a deck file and in their order; its id, deck and language left out."""
    kind = note.kind
    found: dict[str, Value] = (
        {"cloze": kind.text} if isinstance(kind, Cloze) else {"q": kind.question, "a": kind.answer}
    )
    found |= {"reverse": isinstance(kind, Reversed), "typed": isinstance(kind, Typed)}
    found |= {"wrong": getattr(kind, "wrong", ()), "tags": note.tags}
    found |= {"hint": note.hint, "extra": note.extra, "source": note.source}
    return {key: value for key, value in found.items() if value}


def with_values(note: Note, changes: Mapping[str, Value]) -> Note:
    """The note with other values for some keys; its id stays, whatever it asks then."""
    told = {**values(note), **changes}
    hint, extra, source = (str(told.get(key) or "") for key in ("hint", "extra", "source"))
    return note._replace(kind=_kind(told), tags=texts(told.get("tags")), hint=hint, extra=extra, source=source)


def texts(value: Value | None) -> tuple[str, ...]:
    """Several texts, none for any other value."""
    return value if isinstance(value, tuple) else ()


def changed(ours: Note, theirs: Note) -> dict[str, Value]:
    """The values of `theirs` that are not those of `ours`, an empty text for a key that it does not have.

    The order of tags says nothing.
    """
    here, there = values(ours), values(theirs)
    keys = [*here, *(key for key in there if key not in here)]
    return {key: there.get(key, "") for key in keys if not _same(key, here.get(key, ""), there.get(key, ""))}


def _same(key: str, one: Value, other: Value) -> bool:
    return {*texts(one)} == {*texts(other)} if key == "tags" else one == other


def _kind(told: Mapping[str, Value]) -> Kind:
    if cloze := told.get("cloze"):
        return Cloze(str(cloze))
    question, answer = str(told.get("q", "")), str(told.get("a", ""))
    if wrong := texts(told.get("wrong")):
        return Choice(question, answer, wrong)
    if told.get("typed"):
        return Typed(question, answer)
    return Reversed(question, answer) if told.get("reverse") else Basic(question, answer)
