"""A piece of advice, and the work it is taken from."""

from dataclasses import dataclass

from duly.cards import Note
from duly.message import Message


@dataclass(frozen=True, slots=True)
class Work:
    """Something published on learning with cards, or on memory: who wrote it, its title, where and when it came out."""

    author: str
    title: str
    where: str
    year: int

    @property
    def short(self) -> str:
        """How it is named in passing."""
        return f"{self.author} {self.year}"

    def __str__(self) -> str:
        return f"{self.author}, {self.title}, {self.where}, {self.year}"


@dataclass(frozen=True, slots=True)
class Advice:
    """What could be better about a note: its kind (a stable slug), one sentence with the reason, and the source."""

    note: Note
    kind: str
    said: Message
    work: Work
