"""A note: an entry that an author wrote, of one of six kinds, which makes one or more cards."""

from dataclasses import dataclass
from typing import NamedTuple

from duly.cards.deck_name import DeckName
from duly.cards.ids import Face, NoteId
from duly.cards.media_references import destination
from duly.cards.occlusion import read_regions
from duly.problem import Place


@dataclass(frozen=True, slots=True)
class Basic:
    """A question and its answer; both are Markdown."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Reversed:
    """A question and its answer, also asked the other way round."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A question whose answer the learner types; `also` are other right answers. If `exact`, every character counts."""

    question: str
    answer: str
    also: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with one right answer among wrong ones."""

    question: str
    answer: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text with deletions, written ``{{c1::text::hint}}``; each number is a card."""

    text: str


@dataclass(frozen=True, slots=True)
class Occlusion:
    """A picture with covered regions, and a prompt above the picture ("" for none); each number is a card.

    `image` is the path of the picture; `regions` are lines (see `duly.cards.occlusion`).
    """

    prompt: str
    image: str
    regions: tuple[str, ...]

    @property
    def question(self) -> str:
        """The prompt and the picture, as Markdown."""
        return f"{self.prompt}\n\n{self.picture}" if self.prompt else self.picture

    @property
    def picture(self) -> str:
        """The picture as Markdown."""
        return f"![]({destination(self.image)})"

    @property
    def answer(self) -> str:
        """The labels of all regions without duplicates, one per line."""
        return "\n".join(
            dict.fromkeys(region.label for region in read_regions(self.regions) if region.is_cover and region.label)
        )


Kind = Basic | Reversed | Typed | Choice | Cloze | Occlusion


class FurtherCard(NamedTuple):
    """Another question of a note, and its answer; both are Markdown. If `typed`, the learner types the answer."""

    face: Face
    question: str
    answer: str
    typed: bool = False


class Note(NamedTuple):
    """One entry of a deck file.

    All texts are Markdown, except `tags`, `source` and `language` (a BCP 47 tag, "" if unknown). `place` is the start
    of the note in its file, to which media paths are relative; None for a note that is not in a file. `is_stamped` is
    true if the id is written in the file, and false if it is derived from the question. `further_cards` are cards in
    addition to those of the kind.

    `Note` and `Place` are tuples and not dataclasses, because a collection has thousands of them, and tuples are made
    three times as fast.
    """

    id: NoteId
    kind: Kind
    deck: DeckName
    tags: tuple[str, ...] = ()
    hint: str = ""
    extra: str = ""
    source: str = ""
    language: str = ""
    place: Place | None = None
    is_stamped: bool = False
    further_cards: tuple[FurtherCard, ...] = ()

    @property
    def question(self) -> str:
        """The text that identifies the note to its author: the question, or the text of a cloze."""
        return self.kind.text if isinstance(self.kind, Cloze) else self.kind.question

    @property
    def texts(self) -> tuple[str, ...]:
        """Every Markdown text of the note, in reading order."""
        match self.kind:
            case Cloze(text):
                kind_texts: tuple[str, ...] = (text,)
            case Occlusion(regions=regions):
                kind_texts = (self.question, *(region.label for region in read_regions(regions)))
            case kind:
                kind_texts = (kind.question, kind.answer, *getattr(kind, "also", ()), *getattr(kind, "wrong", ()))
        further_texts = (text for card in self.further_cards for text in (card.question, card.answer))
        return (*kind_texts, self.hint, self.extra, *further_texts)
