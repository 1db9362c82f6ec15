"""What is told of notes that are here already, but otherwise in Anki: where each was edited, and what became of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duly.cards import NoteId
from duly.cards.values import Value
from duly.exchange.target import Filing
from duly.exchange.update import Difference
from duly.i18n import counted

if TYPE_CHECKING:
    from duly.anki.incoming.edited import Edited


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence on several notes, the notes, and a word for programs."""

    kind: str
    sentence: str
    differences: Sequence[Difference]


def told(edited: Sequence["Edited"], updated: Collection[NoteId], filing: Filing) -> list[Told]:
    """Everything there is to say, the notes by what became of them."""
    groups: dict[str, list[Difference]] = {kind: [] for kind in ("updated", "there", "both", "here", "emptied")}
    for one in edited:
        note = filing.known[one.note.id]
        if one.note.id in updated:
            groups["updated"].append(Difference(note, one.changes))
        elif not one.changes:  # why others were not updated is told as a mistake of their files
            groups[_kind(one)].append(Difference(note, _differing(one)))
    for members in groups.values():
        members.sort(key=lambda one: one.note.place or ())
    sentences = _sentences({kind: len(members) for kind, members in groups.items()})
    return [Told(kind, sentence, groups[kind]) for kind, sentence in sentences if groups[kind]]


def _kind(one: "Edited") -> str:
    if one.edits.both:
        return "both"
    if one.edits.there:
        return "there"
    return "here" if one.edits.here else "emptied"


def _differing(one: "Edited") -> Mapping[str, Value]:
    return {**one.edits.there, **one.edits.both} or dict.fromkeys(one.edits.here, "")


def _sentences(numbers: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    yield (
        "updated",
        counted(
            "{n} of them was brought up to date",
            "{n} of them were brought up to date",
            numbers["updated"],
        ),
    )
    yield (
        "there",
        counted(
            "{n} of them was edited in Anki and stays as it is here; --update takes over what Anki has",
            "{n} of them were edited in Anki and stay as they are here; --update takes over what Anki has",
            numbers["there"],
        ),
    )
    yield (
        "both",
        counted(
            "{n} of them was edited here and perhaps in Anki, too, and stays as it is; --update --force takes over what"
            " Anki has",
            "{n} of them were edited here and perhaps in Anki, too, and stay as they are; --update --force takes over"
            " what Anki has",
            numbers["both"],
        ),
    )
    yield (
        "here",
        counted(
            "{n} of them was edited here; the next export brings it to Anki",
            "{n} of them were edited here; the next export brings them to Anki",
            numbers["here"],
        ),
    )
    yield (
        "emptied",
        counted(
            "{n} of them asks nothing in Anki any more and stays as it is here",
            "{n} of them ask nothing in Anki any more and stay as they are here",
            numbers["emptied"],
        ),
    )
