"""Plans the updates of duly's note types in Anki: a newer design is pushed unless the learner changed it there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from duly.anki.notes.note_types import NoteType, styles
from duly.anki.raw_rows import RawType
from duly.message import message
from duly.sync.anki_port import AnkiState, Design
from duly.sync.note_plan import NotePlan
from duly.sync.sync_base import BaseDesign, digest


def plan_designs(
    types: Iterable[NoteType | RawType], state: AnkiState, given: Mapping[int, BaseDesign], plan: NotePlan
) -> None:
    """Adds the designs that changed here since the last sync to the plan; reports those changed on both sides."""
    for kind in _ours(types):
        there, base, ours = state.types.get(kind.id), given.get(kind.id), _design(kind)
        if there is None or base is None or _digest(ours) == base.here or there.design == ours:
            continue
        if _digest(there.design) == base.there and there.design.names == ours.names:
            plan.designs[kind.id] = ours
        else:
            plan.messages.append(
                message("the note type {type} has a new look in this version of duly; you changed its look in Anki, so"
                        " it was left as it is", type=there.name)
            )  # fmt: skip


def next_base_designs(
    types: Iterable[NoteType | RawType],
    before: AnkiState,
    after: AnkiState,
    given: Mapping[int, BaseDesign],
    plan: NotePlan,
) -> dict[int, BaseDesign]:
    """The designs in the base of the next sync. One that differed from ours when first seen is the learner's own."""
    known = dict(given)
    for kind in _ours(types):
        there, base, ours = after.types.get(kind.id), given.get(kind.id), _design(kind)
        if there is None:
            continue
        if kind.id not in before.types or kind.id in plan.designs or there.design == ours:
            known[kind.id] = BaseDesign(_digest(ours), _digest(there.design))
        elif base is not None:
            known[kind.id] = replace(base, here=_digest(ours))
    return known


def _ours(types: Iterable[NoteType | RawType]) -> Iterable[NoteType]:
    return (kind for kind in types if isinstance(kind, NoteType))


def _design(kind: NoteType) -> Design:
    return Design(styles(kind), tuple((each.name, each.front, each.back) for each in kind.templates))


def _digest(design: Design) -> str:
    return digest("\x1f".join((design.css, *("\x1e".join(sides) for sides in design.cards))))
