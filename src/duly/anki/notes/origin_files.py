"""The files beside the decks with the origins of imported notes: a line for each note, so that git can merge them.

``.duly/anki/types.jsonl`` has the note types, ``media.jsonl`` the names of files in Anki, and ``notes/`` the notes, in
up to 256 files by the hash of their ids: a single file could grow too large for git hosts. Each line is the JSON of a
key and a value. A merge may leave several lines for one note or note type: the one with the latest change in Anki
counts.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from duly.anki.git_attributes import write_attributes
from duly.anki.notes.origins import Origin, OriginalHtml, Origins
from duly.anki.notes.template import Piece
from duly.anki.raw_rows import RawField, RawTemplate, RawType
from duly.atomic_write import refuse_outside, replacing
from duly.errors import DulyError, not_readable, not_writable
from duly.message import message

FOLDER = Path(".duly", "anki")
"""The folder of these files, relative to the folder of the import; hidden, so it is not searched for deck files."""
SINGLE_FILE = Path(".duly", "anki.json")
"""The single file of earlier versions; the next import splits it and removes it."""
TYPES_FILE, MEDIA_FILE, NOTES_FOLDER = "types.jsonl", "media.jsonl", "notes"
VERSION_KEY, VERSION = "version", 2
JSON_KEYS = {"further_ords": "more", "originals": "kept"}
"""The keys of values of an origin that have another name in the files."""

T = TypeVar("T")


def has_origins(folder: Path) -> bool:
    """Whether `folder` has origins of notes."""
    return (folder / FOLDER).is_dir() or has_single_file(folder)


def has_single_file(folder: Path) -> bool:
    """Whether `folder` has the single file of earlier versions."""
    return (folder / SINGLE_FILE).is_file()


def read(folder: Path) -> Origins:
    """The origins in `folder`; none if it has no such files. Raises `DulyError` if they cannot be used."""
    origin_folder = folder / FOLDER
    notes: dict[str, Origin] = {}
    for file in sorted((origin_folder / NOTES_FOLDER).glob("*.jsonl")):
        notes |= _read_lines(file, _origin, lambda origin: origin.mod)
    types = _read_lines(origin_folder / TYPES_FILE, _type, lambda note_type: note_type.mod)
    media = _read_lines(origin_folder / MEDIA_FILE, lambda _path, value: (str(value[0]), str(value[1])), lambda _: 0)
    origins = Origins({note_type.id: note_type for note_type in types.values()}, notes, media)
    return _read_single_file(folder / SINGLE_FILE).merged_with(origins)


def write(folder: Path, origins: Origins) -> None:
    """Writes origins. Raises `DulyError` if that fails; files written before the failure do no harm."""
    refuse_outside(folder / FOLDER / NOTES_FOLDER, folder)
    try:
        for name, lines in _files(origins).items():
            file = folder / FOLDER / name
            refuse_outside(file, folder)
            content = "".join(f"{line}\n" for line in sorted(lines)).encode()
            if (file.read_bytes() if file.is_file() else b"") != content:
                file.parent.mkdir(parents=True, exist_ok=True)
                with replacing(file) as stream:
                    stream.write(content)
        write_attributes(folder)
        (folder / SINGLE_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise not_writable(folder / FOLDER, error) from error


def _files(origins: Origins) -> dict[str, list[str]]:
    """The lines of each file."""
    lines = {
        TYPES_FILE: [
            _json([VERSION_KEY, VERSION]),
            *(_json([str(key), _type_table(note_type)]) for key, note_type in origins.types.items()),
        ],
        MEDIA_FILE: [_json([path, names]) for path, names in origins.media.items()],
    }
    for key, origin in origins.notes.items():
        digest = blake2b(key.encode(errors="surrogatepass"), digest_size=1).hexdigest()
        lines.setdefault(f"{NOTES_FOLDER}/{digest}.jsonl", []).append(_json([key, _note_table(origin)]))
    return lines


def _read_lines(file: Path, parse: Callable[[str, Any], T], date: Callable[[T], int]) -> dict[str, T]:
    """The values in a file by key. `parse` makes one from key and JSON; of several for one key the latest counts."""
    latest_values: dict[str, tuple[int, str, T]] = {}
    for number, line in enumerate(_text(file).split("\n"), 1):
        if line.strip():
            with _damage_as_error(f"{file}:{number}"):
                key, value = json.loads(line)
                if key == VERSION_KEY:
                    _check_version(file, value)
                    continue
                item = parse(str(key), value)
                latest_values[key] = max(
                    latest_values.get(key, (-1, "", item)),
                    (date(item), line, item),
                    key=lambda candidate: candidate[:2],
                )
    return {key: item for key, (_, _, item) in latest_values.items()}


def _read_single_file(file: Path) -> Origins:
    """The origins in the single file of earlier versions."""
    if not file.is_file():
        return Origins()
    with _damage_as_error(str(file)):
        content = json.loads(_text(file))
        _check_version(file, content["version"])
        return Origins(
            {int(key): _type(key, value) for key, value in content["types"].items()},
            {key: _origin(key, value) for key, value in content["notes"].items()},
            {key: (str(name), str(digest)) for key, (name, digest) in content["media"].items()},
        )


def _text(file: Path) -> str:
    """The content of the file, "" if it does not exist."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise not_readable(file, error) from error
    except UnicodeDecodeError as error:
        raise _damage(str(file)) from error


@contextmanager
def _damage_as_error(place: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _damage(place) from error


def _damage(place: str) -> DulyError:
    return DulyError(
        message("{file}, the memory of what came from Anki, is damaged; bring back an older state of it", file=place)
    )


def _check_version(file: Path, version: int) -> None:
    if version > VERSION:
        raise DulyError(message("{file} was written by a newer duly; update duly to export", file=file))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _note_table(origin: Origin) -> dict[str, object]:
    originals = {
        name: [field.html, field.digest] if field.digest else [field.html] for name, field in origin.originals.items()
    }
    table = asdict(replace(origin, originals={})) | {"originals": originals}
    return {JSON_KEYS.get(name, name): value for name, value in table.items() if value not in ("", (), {})}


def _origin(_id: str, table: Mapping[str, Any]) -> Origin:
    return Origin(
        guid=str(table.get("guid", "")),
        type=int(table["type"]),
        way=str(table["way"]),
        mod=int(table["mod"]),
        digest=str(table.get("digest", "")),
        faces=tuple(map(int, table.get("faces", ()))),
        cards=tuple(map(int, table.get("cards", ()))),
        further_ords={face: int(number) for face, number in table.get("more", {}).items()},
        parts={part: tuple(map(Piece, names)) for part, names in table.get("parts", {}).items()},
        words={part: tuple(map(str, gaps)) for part, gaps in table.get("words", {}).items()},
        originals={name: OriginalHtml(*map(str, original)) for name, original in table.get("kept", {}).items()},
    )


def _type_table(note_type: RawType) -> dict[str, object]:
    return {key: value for key, value in asdict(note_type).items() if key != "id"}


def _type(number: str, table: Mapping[str, Any]) -> RawType:
    return RawType(
        id=int(number),
        name=str(table["name"]),
        mod=int(table["mod"]),
        is_cloze=table["is_cloze"] is True,
        css=str(table["css"]),
        fields=tuple(RawField(str(entry["name"]), entry["config"]) for entry in table["fields"]),
        templates=tuple(
            RawTemplate(str(entry["name"]), str(entry["front"]), str(entry["back"]), entry["config"])
            for entry in table["templates"]
        ),
        config=table["config"],
    )
