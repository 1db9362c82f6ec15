"""The report on notes that differ from what is imported: where each was edited, and whether it was updated."""

from collections.abc import Iterator, Sequence

from duly.exchange.import_events import NotesDiffer, NotesUpdated
from duly.exchange.note_updates import Difference, Outcome
from duly.i18n import counted

MOST_NOTES = 5
"""How many notes are named in one line."""


def difference_text(difference: Difference) -> str:
    """The place of a note, and the keys in which it differs."""
    place = str(difference.note.place)
    return f"{place} ({', '.join(difference.changes)})" if difference.changes else place


def _first_notes(differences: Sequence[Difference]) -> str:
    """The first of them, in one line."""
    return ", ".join(map(difference_text, differences[:MOST_NOTES])) + (" …" if len(differences) > MOST_NOTES else "")


def differing_line(event: NotesDiffer) -> str:
    """The notes whose text differs from the text that was imported again."""
    differences = event.differences
    sentence = counted(
        "{n} of them reads differently in the text and stays as it is here; --update takes over what the text says",
        "{n} of them read differently in the text and stay as they are here; --update takes over what the text says",
        len(differences),
    )
    return f"  {sentence}: {_first_notes(differences)}"


def updated_lines(event: NotesUpdated) -> Iterator[str]:
    """The notes that were updated, and those that were not because they had been reworded in their files."""
    if event.updated_differences:
        sentence = outcome_sentence(Outcome.UPDATED, len(event.updated_differences))
        yield f"  {sentence}: {_first_notes(event.updated_differences)}"
    if event.reworded_differences:
        sentence = counted(
            "{n} of them was reworded here and stays as it is; --update --force takes over what the text says",
            "{n} of them were reworded here and stay as they are; --update --force takes over what the text says",
            len(event.reworded_differences),
        )
        yield f"  {sentence}: {_first_notes(event.reworded_differences)}"


def outcome_sentence(outcome: Outcome, number: int) -> str:
    """What was done with `number` notes that differ in Anki."""
    match outcome:
        case Outcome.UPDATED:
            return counted(
                "{n} of them was brought up to date",
                "{n} of them were brought up to date",
                number,
            )
        case Outcome.EDITED_IN_ANKI:
            return counted(
                "{n} of them was edited in Anki and stays as it is here; --update takes over what Anki has",
                "{n} of them were edited in Anki and stay as they are here; --update takes over what Anki has",
                number,
            )
        case Outcome.EDITED_ON_BOTH_SIDES:
            return counted(
                "{n} of them was edited here and perhaps in Anki, too, and stays as it is; --update --force takes over"
                " what Anki has",
                "{n} of them were edited here and perhaps in Anki, too, and stay as they are; --update --force takes"
                " over what Anki has",
                number,
            )
        case Outcome.EDITED_HERE:
            return counted(
                "{n} of them was edited here; the next export brings it to Anki",
                "{n} of them were edited here; the next export brings them to Anki",
                number,
            )
        case Outcome.EMPTIED:
            return counted(
                "{n} of them asks nothing in Anki any more and stays as it is here",
                "{n} of them ask nothing in Anki any more and stay as they are here",
                number,
            )
