"""Where notes came from: what of an imported note its deck file does not say, so that it finds its way back to Anki.

Anki never changes a note's type. So a note that came from Anki goes back as the note type it had, with every field it
had, or else Anki refuses it as "conflicting". What that takes is kept beside the deck files, in a file with a line for
each note, so that git can merge it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from duly.anki.notes.template import Piece
from duly.anki.raw import RawField, RawTemplate, RawType
from duly.atomic_write import refuse_outside, replacing
from duly.cards import Cloze, Face, Note, Occlusion, faces
from duly.errors import DulyError, not_readable, not_writable
from duly.message import message

FILE = Path(".duly", "anki.json")
"""Where it is kept, relative to the folder of the import; deck files are not looked for in hidden folders."""
VERSION = 1
PARTS = ("question", "answer", "hint", "extra")


@dataclass(frozen=True, slots=True)
class OriginalHtml:
    """A field's HTML as it was, and the hash of the text of ours it became: while that is the same, this is the field.

    The hash is "" for a field that no text of ours shows.
    """

    html: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a note was in Anki.

    `guid` is "" if the note's id is the guid. `way` is the kind it became; `parts` name the fields in each of its texts
    (see `PARTS`), and ``question/reading`` those in a text of the further card ``reading``; `words` stand around them.
    `kept` are fields that our texts do not give back to the letter. `faces` are the numbers of the cards that are the
    faces of its kind, in their order, `more` those of its further cards, `cards` those of all; a cloze has none. `mod`
    (seconds since 1970) and `digest` are those of the note as it was.
    """

    type: int
    way: str
    guid: str = ""
    mod: int = 0
    digest: str = ""
    faces: tuple[int, ...] = ()
    cards: tuple[int, ...] = ()
    more: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: Mapping[str, OriginalHtml] = field(default_factory=dict)

    def numbers(self, note: Note) -> dict[Face, int]:
        """The number in Anki of each face of the note that has a card there."""
        if not self.faces:
            is_numbered = isinstance(note.kind, Cloze | Occlusion)
            return {face: int(face[1:]) - 1 for face in faces(note)} if is_numbered else {}
        own = zip(faces(note._replace(more=())), self.faces, strict=False)
        return {**dict(own), **{card.face: self.more[card.face] for card in note.more if card.face in self.more}}


@dataclass(frozen=True, slots=True)
class Origins:
    """All that one folder knows: note types by id, notes by their ids, and media.

    `media` has for the path of a file, relative to the folder, its name in Anki and the hash of what it held.
    """

    types: Mapping[int, RawType] = field(default_factory=dict)
    notes: Mapping[str, Origin] = field(default_factory=dict)
    media: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def joined(self, more: "Origins") -> "Origins":
        """These and `more`, which replaces what it knows too; but a note type only with a newer one."""
        newer = {number: kind for number, kind in more.types.items()
                 if number not in self.types or self.types[number].mod < kind.mod}  # fmt: skip
        return Origins({**self.types, **newer}, {**self.notes, **more.notes}, {**self.media, **more.media})


def text_digest(text: str) -> str:
    """The hash by which a text is known to be as it was."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def read(folder: Path) -> Origins:
    """What `folder` knows; nothing if it has no such file. Raises `DulyError` if the file cannot be used."""
    file = folder / FILE
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["version"] > VERSION:
            raise DulyError(message("{file} was written by a newer duly; update duly to export", file=file))
        return Origins(
            {int(key): _type(int(key), value) for key, value in content["types"].items()},
            {key: _origin(value) for key, value in content["notes"].items()},
            {key: (str(name), str(digest)) for key, (name, digest) in content["media"].items()},
        )
    except FileNotFoundError:
        return Origins()
    except OSError as error:
        raise not_readable(file, error) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DulyError(
            message("{file}, the memory of what came from Anki, is damaged; bring back an older state of it", file=file)
        ) from error


def write(folder: Path, origins: Origins) -> None:
    """Keeps it. Raises `DulyError`, with the file as it was, if that fails."""
    file = folder / FILE
    refuse_outside(file, folder)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(file, error) from error
    with replacing(file) as stream:
        stream.write("".join(_lines(origins)).encode())


def _lines(origins: Origins) -> Iterator[str]:
    """JSON with a line for each member, sorted, so that two imports on two branches seldom touch the same line."""
    yield f'{{\n"version": {VERSION}'
    sections: Mapping[str, Mapping[str, object]] = {
        "types": {str(number): _type_table(kind) for number, kind in origins.types.items()},
        "media": origins.media,
        "notes": {key: _note_table(origin) for key, origin in origins.notes.items()},
    }
    for name, members in sections.items():
        yield f',\n"{name}": {{\n'
        yield ",\n".join(f"{_json(key)}: {_json(members[key])}" for key in sorted(members))
        yield "\n}"
    yield "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _note_table(origin: Origin) -> dict[str, object]:
    original = {name: [one.html, one.digest] if one.digest else [one.html] for name, one in origin.kept.items()}
    table = {**asdict(replace(origin, kept={})), "kept": original}
    return {key: value for key, value in table.items() if value not in ("", (), {})}


def _origin(table: Mapping[str, Any]) -> Origin:
    return Origin(
        guid=str(table.get("guid", "")),
        type=int(table["type"]),
        way=str(table["way"]),
        mod=int(table["mod"]),
        digest=str(table["digest"]),
        faces=tuple(map(int, table.get("faces", ()))),
        cards=tuple(map(int, table.get("cards", ()))),
        more={face: int(number) for face, number in table.get("more", {}).items()},
        parts={part: tuple(map(Piece, names)) for part, names in table.get("parts", {}).items()},
        words={part: tuple(map(str, gaps)) for part, gaps in table.get("words", {}).items()},
        kept={name: OriginalHtml(*map(str, original)) for name, original in table.get("kept", {}).items()},
    )


def _type_table(kind: RawType) -> dict[str, object]:
    return {key: value for key, value in asdict(kind).items() if key != "id"}


def _type(number: int, table: Mapping[str, Any]) -> RawType:
    return RawType(
        id=number,
        name=str(table["name"]),
        mod=int(table["mod"]),
        is_cloze=table["is_cloze"] is True,
        css=str(table["css"]),
        fields=tuple(RawField(str(one["name"]), one["config"]) for one in table["fields"]),
        templates=tuple(
            RawTemplate(str(one["name"]), str(one["front"]), str(one["back"]), one["config"])
            for one in table["templates"]
        ),
        config=table["config"],
    )
