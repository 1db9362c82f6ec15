"""The door: notes become a package that Anki imports again and again without losing anything."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from duly.anki import ledger
from duly.anki.dating import Dating
from duly.anki.gone import Gone, described, elsewhere, removed, told
from duly.anki.incoming.values import RawType
from duly.anki.ledger import Ledger
from duly.anki.making import Maker
from duly.anki.media import Media
from duly.anki.moved import Moved, moves
from duly.anki.notes import digest
from duly.anki.notetypes import TYPES, NoteType, styles
from duly.anki.origins import FILE
from duly.anki.package import deck_count, write_package
from duly.anki.progress_out import NOTHING, Learned, Progress
from duly.cards import Note, NoteId
from duly.collector import held_off
from duly.errors import DulyError
from duly.message import Message, message
from duly.watch import Watch, unwatched


@dataclass(frozen=True, slots=True)
class Exported:
    """What is in the package, and what became of its notes since they were exported last.

    `moved` are notes that were in another deck then: Anki keeps their cards there.
    `gone` are the notes this package held before and holds no more: Anki keeps them, for a package cannot delete.
    `shipped` are notes gone now or earlier that are in it once more, tagged to be deleted; `shipped_before` were so in
    an earlier package, and are not in this one.
    `emptied` counts the cards that notes have no more: Anki keeps them too, and shows nothing on them.
    """

    notes: int
    cards: int
    decks: int
    media: int
    added: int
    changed: int
    unchanged: int
    moved: tuple[Moved, ...]
    gone: tuple[Gone, ...]
    shipped: tuple[NoteId, ...]
    shipped_before: tuple[NoteId, ...]
    emptied: int
    messages: tuple[Message, ...]


@held_off()
def export(
    notes: Sequence[Note],
    target: Path,
    memory: Path,
    now: datetime,
    *,
    paths: Sequence[Path] = (),
    undecided: Collection[str] = (),
    whole: bool = True,
    learned: Learned = NOTHING,
    force: bool = False,
    gone: bool = False,
    watch: Watch = unwatched,
) -> Exported:
    """Writes the notes, whose ids are all different, as the package `target`, in their order.

    `memory` is the file that remembers what was exported when; `now` dates what is new in it. The notes are
    those of the files and folders `paths`, and only from these folders media are taken. `whole` says that `notes` are
    all there are; where some were not read, or the package held those of other paths before, none counts as gone.
    `undecided` are ids of which it is not known yet whether they are gone: they count as if they were still there.
    `force` dates all notes and note types anew, so that Anki takes every one. `gone` puts the notes that are gone into
    the package once more, tagged to be deleted (with `force`, also those that were so in an earlier one).
    `learned` goes along with the cards it is about. `watch` sees the notes and the media pass.
    Raises `DulyError`, with package and memory as they were, if there are no notes or a file cannot be read or written.

    The memory is told before the package is put in its place: one that knows of a package which nobody ever saw costs
    nothing, but where it knew nothing of one that was imported, what is undone in a deck would never be undone in Anki.
    """
    nothing = DulyError(message("there is no card to export"))
    if not notes and not gone:
        raise nothing
    media = Media([path if path.is_dir() else path.parent for path in paths])
    maker = Maker(media)
    place = Path(os.path.realpath(target))
    second = int(now.timestamp())
    with ledger.opened(memory) as book:
        dating = Dating(book, maker, second, anew=force)
        rows = list(dating.rows(watch(notes, message("Making notes for Anki"))))
        guids = frozenset(row.guid for row in rows)
        if len(guids) < len(rows):
            raise ValueError("two notes with one id would be two notes in Anki for ever")
        other = book.left_out(place, paths)
        whole = whole and not other
        held = book.held(place)
        lost = held.difference(guids, undecided) if whole else frozenset()
        book.keep_output(place, guids - held, lost)
        beside = elsewhere(book, place, book.gone(place) if gone else lost)
        missing = described(book, lost - beside.keys())
        leaving = book.gone(place) - beside.keys() if gone and whole else ()
        known: dict[int, NoteType | RawType] = {**TYPES, **maker.types}
        out = removed(book, leaving, second, known, again=force)
        dating.kinds |= {row.type: known[row.type] for row in out.shipped}
        every = [*rows, *out.shipped]
        if not every:
            raise nothing
        types = {kind: _type_mod(kind, book, second, anew=force) for kind in dating.kinds.values()}
        asked = [card for row in every for card in dating.cards(row)] if learned.histories else []
        progress, scratch = Progress(learned, asked), memory.with_suffix(".part")
        write_package(target, every, types, progress, scratch=scratch, media=media.files, watch=watch, ready=book.keep)
    return Exported(
        notes=len(rows),
        cards=sum(len(row.ords.split()) for row in rows),
        decks=deck_count(row.deck for row in rows),
        media=len(media.files),
        added=dating.added,
        changed=dating.changed,
        unchanged=len(rows) - dating.added - dating.changed,
        moved=moves(rows, dating.moved),
        gone=missing,
        shipped=_ids(row.guid for row in out.shipped),
        shipped_before=_ids(out.before),
        emptied=dating.emptied,
        messages=(
            *media.absent,
            *maker.messages,
            *map(_refusal, dating.refused),
            *map(_strayed, dating.strayed),
            *told(beside),
            *out.messages,
            *map(_left_out, other),
        ),
    )


def _type_mod(kind: NoteType | RawType, book: Ledger, now: int, *, anew: bool) -> int:
    if isinstance(kind, RawType):  # it is the learner's, and is brought only where it is not
        return kind.mod
    look = digest([(template.front, template.back) for template in kind.templates], styles())
    return book.stamped_type(kind.id, look, now, anew=anew).mod


def _ids(guids: Iterable[str]) -> tuple[NoteId, ...]:
    return tuple(map(NoteId, sorted(guids)))


def _strayed(note: Note) -> Message:
    return message(
        "{place}: {id!r} came from Anki, which will leave it as it was, for {file} no longer tells as what; bring that"
        " file back, or import the note from Anki once more",
        place=note.place,
        id=note.id,
        file=FILE.as_posix(),
    )


def _left_out(path: Path) -> Message:
    return message(
        "this package was made of {path} too before; as that is left out now, no note of it counts as removed",
        path=path,
    )


def _refusal(note: Note) -> Message:
    return message(
        "{place}: Anki cannot turn a question into a cloze, or back, and where it has {id!r} already it leaves it"
        " as it was; give the card a new id",
        place=note.place,
        id=note.id,
    )
