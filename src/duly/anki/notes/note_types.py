"""The two note types of duly in Anki, frozen for ever.

Anki takes a note type whose fields, templates or id have changed for another one: existing notes would be left behind
as "conflicting". So nothing here changes but the text of templates and styles, and spare fields wait for what we have
not thought of. Basic, reversed, typed and choice notes share one type, because a note whose kind its author changes is
updated in place only if its note type stays the same. Only a cloze needs a type of its own.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from duly.cards import Cloze, Kind
from duly.markup.html.code import stylesheet

SPARE = ("Spare 1", "Spare 2", "Spare 3", "Spare 4")


@dataclass(frozen=True, slots=True)
class Field:
    """A field's name, and the number by which Anki knows it even when it is renamed."""

    name: str
    id: int


@dataclass(frozen=True, slots=True)
class Template:
    """A card's name and number, and the files of its two sides: ``<file>.front.html`` and ``<file>.back.html``."""

    name: str
    id: int
    file: str

    @property
    def front(self) -> str:
        return _text(f"{self.file}.front.html")

    @property
    def back(self) -> str:
        return _text(f"{self.file}.back.html")


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: its id and name, its fields and cards in their order, and whether it is of Anki's cloze kind."""

    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False


def _numbered(first: int, *names: str) -> tuple[Field, ...]:
    return tuple(Field(name, first + at) for at, name in enumerate(names))


_COMMON = ("Hint", "Extra", "Source", "Language", *SPARE, "Duly ID")

PLAIN = NoteType(
    id=1_839_349_764,
    name="Duly",
    fields=_numbered(1_839_349_801, "Front", "Back", "Reverse", "Typed", "Options", *_COMMON),
    templates=(Template("Card", 1_839_349_901, "card"), Template("Reverse", 1_839_349_902, "reverse")),
)

CLOZE = NoteType(
    id=1_722_347_217,
    name="Duly Cloze",
    fields=_numbered(1_722_347_301, "Text", *_COMMON),
    templates=(Template("Cloze", 1_722_347_401, "cloze"),),
    is_cloze=True,
)

NOTE_TYPES = (PLAIN, CLOZE)
TYPES = {kind.id: kind for kind in NOTE_TYPES}


def note_type(kind: Kind) -> NoteType:
    """The note type of a kind of note."""
    return CLOZE if isinstance(kind, Cloze) else PLAIN


@cache
def styles() -> str:
    """The look of every card, by day and by night."""
    return "\n".join((_text("style.css"), stylesheet(dark=False), stylesheet(dark=True)))


@cache
def _text(name: str) -> str:
    return (files("duly.anki.notes") / "templates" / name).read_text(encoding="utf-8")
