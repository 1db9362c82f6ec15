"""The fields of one note as Markdown texts; and what must be kept of them, so that the way back is exact."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from duly.anki.notes.field_mapping import Way, map_fields
from duly.anki.notes.joined_fields import is_bare, join_fields, split_fields
from duly.anki.notes.origins import Origin, OriginalHtml, text_digest
from duly.anki.raw import RawType
from duly.cards import Basic, Cloze, Kind, Note, Reversed, Typed
from duly.cards.cloze import LARGEST, OPENING, numbers
from duly.cards.media import MediaReference
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import to_html
from duly.markup.markdown.from_html import from_html, with_paths
from duly.markup.math.mathjax import disarm_commands

_BLANK = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p|span|b|i|u)\s*/?>)*", re.IGNORECASE)

STAND_IN = "missing.png"
"""The path of what is not there, while it is taken for there."""
ON_A_DISK = "file:"
"""How the address of an image begins that Word has left where it was."""


def is_blank(html: str) -> bool:
    """Whether nothing is seen of a field."""
    return bool(_BLANK.fullmatch(html))


@dataclass(slots=True)
class FieldTexts:
    """The fields of a note by name. `media` is as for `duly.markup.markdown.from_html`."""

    fields: Mapping[str, str]
    media: Callable[[str], str | None]
    unshown: dict[str, None] = field(default_factory=dict)
    """The fields whose colours, fonts or scripts are not shown."""
    _names: dict[str, str] = field(default_factory=dict)
    """The name in Anki of each path."""

    @property
    def values(self) -> dict[str, str]:
        """The fields in which something is seen."""
        return {name: html for name, html in self.fields.items() if not is_blank(html)}

    def name(self, path: str) -> str:
        """The name in Anki of the file at a path that a text has."""
        return self._names.get(path, path)

    def text(self, name: str, html: str, *, cloze: bool = False) -> str:
        """The text for the HTML, which is in the field `name`."""
        missing: set[str] = set()

        def path(file: str) -> str | None:
            found = self._path(file)
            if found is None:
                missing.add(file)
            return found

        converted = from_html(html, path, cloze=cloze)
        may_lack = missing or ON_A_DISK in html.lower()
        if not converted.whole and not (may_lack and self._lacks_only_media(html, cloze=cloze)):
            self.unshown[name] = None
        return converted.text

    def foreign(self, note: Note, kind: RawType, ords: Sequence[int]) -> tuple[Note, Origin] | None:
        """`note` with the texts of a note of the type `kind`, and what leads back; None if nothing could be asked."""
        values = self.values
        found = map_fields(kind, values, ords)
        if found is None:
            return None
        parts = {"question": found.question, "answer": found.answer, "hint": found.hint, "extra": found.extra}
        every = [name for names in parts.values() for name in names]
        shown, shown_twice = {*every}, {name for name in every if every.count(name) > 1}
        original = {name: OriginalHtml(html) for name, html in self.fields.items() if html and name not in shown}
        texts: dict[str, str] = {}
        for part, names in parts.items():
            is_cloze = found.way is Way.CLOZE and part == "question"
            each = tuple(self.text(name, values[name], cloze=is_cloze) for name in names)
            texts[part] = join_fields(names, each, bare=is_bare(part, names))
            if split_fields(names, texts[part], bare=is_bare(part, names)) != each:
                return None
            original |= self._kept(names, each, cloze=is_cloze, shared=shown_twice)
        made = _kind(found.way, texts["question"], texts["answer"])
        if made is None:
            return None
        origin = Origin(
            type=kind.id,
            way=found.way.value,
            faces=found.cards,
            cards=() if kind.is_cloze else tuple(ords),
            parts={part: names for part, names in parts.items() if names},
            kept=original,
        )
        return note._replace(kind=made, hint=texts["hint"], extra=texts["extra"]), origin

    def _kept(
        self, names: Sequence[str], texts: Sequence[str], *, cloze: bool, shared: Collection[str]
    ) -> dict[str, OriginalHtml]:
        """The fields that their texts do not give back to the letter, and those `shared` with another text."""
        render = cloze_to_html if cloze else to_html
        return {
            name: OriginalHtml(self.fields[name], text_digest(text))
            for name, text in zip(names, texts, strict=True)
            if name in shared or disarm_commands(render(text, self.name)) != self.fields[name]
        }

    def _lacks_only_media(self, html: str, *, cloze: bool) -> bool:
        """Whether the text would be shown whole if every image and sound were there, those on somebody's disk too."""

        def path(file: str) -> str | None:
            found = MediaReference(file, 0)
            is_elsewhere = found.is_remote and not found.is_inlined and not file.lower().startswith(ON_A_DISK)
            return None if is_elsewhere else self._path(file) or STAND_IN

        return from_html(with_paths(html, path), lambda file: file, cloze=cloze).whole

    def _path(self, name: str) -> str | None:
        path = self.media(name)
        if path is not None and not MediaReference(name, 0).is_inlined:  # which has no name in Anki
            self._names[path] = name
        return path


def makes_cards(text: str) -> bool:
    """Whether every deletion makes a card, and there is one."""
    every = [int(number[:100]) for opening in OPENING.finditer(text) for number in opening[1].split(",")]
    return bool(numbers(text)) and len(every) <= LARGEST and all(1 <= number <= LARGEST for number in every)


def _kind(way: Way, question: str, answer: str) -> Kind | None:
    if way is Way.CLOZE:
        return Cloze(question) if makes_cards(question) else None
    if not question.strip() or not answer.strip():
        return None
    if way is Way.TYPED:
        return Typed(question, answer) if plain_text(to_html(answer)) else None
    return Reversed(question, answer) if way is Way.REVERSED else Basic(question, answer)
