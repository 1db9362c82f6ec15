"""Plans the updates of duly's note types in Anki: a newer design is pushed unless the learner changed it there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from duly.anki.notes.note_types import NoteType, styles
from duly.anki.raw_rows import RawType
from duly.message import message
from duly.sync.anki_interface import AnkiState, Design
from duly.sync.note_plan import NotePlan
from duly.sync.sync_base import BaseDesign, digest


def plan_designs(
    types: Iterable[NoteType | RawType], state: AnkiState, base_designs: Mapping[int, BaseDesign], plan: NotePlan
) -> None:
    """Adds the designs that changed here since the last sync to the plan; reports those changed on both sides."""
    for kind in _our_types(types):
        anki_type, base, our_design = state.types.get(kind.id), base_designs.get(kind.id), _design(kind)
        if (
            anki_type is None
            or base is None
            or _digest(our_design) == base.our_digest
            or anki_type.design == our_design
        ):
            continue
        if _digest(anki_type.design) == base.anki_digest and anki_type.design.names == our_design.names:
            plan.designs[kind.id] = our_design
        else:
            plan.messages.append(
                message("the note type {type} has a new look in this version of duly; you changed its look in Anki, so"
                        " it was left as it is", type=anki_type.name)
            )  # fmt: skip


def next_base_designs(
    types: Iterable[NoteType | RawType],
    state_before: AnkiState,
    state_after: AnkiState,
    base_designs: Mapping[int, BaseDesign],
    plan: NotePlan,
) -> dict[int, BaseDesign]:
    """The designs in the base of the next sync. A design that differed from ours at first sight is the learner's."""
    designs = dict(base_designs)
    for kind in _our_types(types):
        anki_type, base, our_design = state_after.types.get(kind.id), base_designs.get(kind.id), _design(kind)
        if anki_type is None:
            continue
        if kind.id not in state_before.types or kind.id in plan.designs or anki_type.design == our_design:
            designs[kind.id] = BaseDesign(_digest(our_design), _digest(anki_type.design))
        elif base is not None:
            designs[kind.id] = replace(base, our_digest=_digest(our_design))
    return designs


def _our_types(types: Iterable[NoteType | RawType]) -> Iterable[NoteType]:
    return (kind for kind in types if isinstance(kind, NoteType))


def _design(kind: NoteType) -> Design:
    return Design(styles(kind), tuple((template.name, template.front, template.back) for template in kind.templates))


def _digest(design: Design) -> str:
    return digest("\x1f".join((design.css, *("\x1e".join(sides) for sides in design.cards))))
