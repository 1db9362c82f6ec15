"""Duly's three note types in Anki. Their ids, fields and cards never change.

Anki treats a note type whose fields, templates or id have changed as another one: existing notes would be skipped as
"conflicting". So only the text of templates and styles may change, and there are spare fields for later extensions.
Basic, reversed, typed and choice notes share one type, because Anki updates a note in place only if its note type stays
the same. A cloze needs a type of its own. A picture with regions needs Anki's image occlusion type, because Anki draws
its covers: it recognises that type and its fields by numbers.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from duly.anki.notes.occlusion_fields import ROLES, STOCK_KIND
from duly.cards import Cloze, Kind, Occlusion
from duly.markup.html.code_highlighting import stylesheet

MOST_LABELS = 100
"""The highest number of a region whose label can be shown without the other labels."""

SPARE = ("Spare 1", "Spare 2", "Spare 3", "Spare 4")


@dataclass(frozen=True, slots=True)
class Field:
    """A field's name, and the number by which Anki knows it even when it is renamed.

    `tag` is the number of the field's role in one of Anki's own note types.
    """

    name: str
    id: int
    tag: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A card's name and number, and the files of its two sides: ``<file>.front.html`` and ``<file>.back.html``.

    `repeats_front`: the back begins with the template of the front. ``{{FrontSide}}`` would not do, because Anki covers
    other parts of a picture on the back.
    """

    name: str
    id: int
    file: str
    repeats_front: bool = False

    @property
    def front(self) -> str:
        return _text(f"{self.file}.front.html")

    @property
    def back(self) -> str:
        return (self.front if self.repeats_front else "") + _text(f"{self.file}.back.html")


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: its id and name, its fields and cards in their order, and whether it is of Anki's cloze kind.

    `stock_kind` is the number of Anki's own note type, 0 for types of duly.
    """

    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False
    stock_kind: int = 0


def _numbered_fields(first: int, *names: str) -> tuple[Field, ...]:
    return tuple(Field(name, first + index) for index, name in enumerate(names))


_COMMON_FIELDS = ("Hint", "Extra", "Source", "Language", *SPARE, "Duly ID")

PLAIN = NoteType(
    id=1_839_349_764,
    name="Duly",
    fields=_numbered_fields(1_839_349_801, "Front", "Back", "Reverse", "Typed", "Options", *_COMMON_FIELDS),
    templates=(Template("Card", 1_839_349_901, "card"), Template("Reverse", 1_839_349_902, "reverse")),
)

CLOZE = NoteType(
    id=1_722_347_217,
    name="Duly Cloze",
    fields=_numbered_fields(1_722_347_301, "Text", *_COMMON_FIELDS),
    templates=(Template("Cloze", 1_722_347_401, "cloze"),),
    is_cloze=True,
)

OCCLUSION = NoteType(
    id=1_655_420_371,
    name="Image Occlusion",
    fields=tuple(Field(role, 1_655_420_401 + number, tag=number) for number, role in enumerate(ROLES)),
    templates=(Template("Image Occlusion", 1_655_420_501, "occlusion", repeats_front=True),),
    is_cloze=True,
    stock_kind=STOCK_KIND,
)

NOTE_TYPES = (PLAIN, CLOZE, OCCLUSION)
TYPES_BY_ID = {note_type.id: note_type for note_type in NOTE_TYPES}


def note_type_for(kind: Kind) -> NoteType:
    """The note type of a kind of note."""
    if isinstance(kind, Occlusion):
        return OCCLUSION
    return CLOZE if isinstance(kind, Cloze) else PLAIN


@cache
def styles(note_type: NoteType) -> str:
    """The CSS of a note type's cards, for light and dark mode."""
    if note_type is OCCLUSION:
        return "\n".join((_text("occlusion.css"), *map(_label_alone, range(1, MOST_LABELS + 1)), ""))
    return "\n".join((_text("style.css"), stylesheet(is_dark=False), stylesheet(is_dark=True)))


def _label_alone(number: int) -> str:
    """The CSS rule that shows only the label of this region while the region is asked."""
    return (
        f'.card:has(.cloze-highlight[data-ordinal="{number}"]) .regions li:not([value="{number}"]) {{ display: none; }}'
    )


@cache
def _text(name: str) -> str:
    return (files("duly.anki.notes") / "templates" / name).read_text(encoding="utf-8")
