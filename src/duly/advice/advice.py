"""A piece of advice, and the published works that advice is based on."""

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
        """A short citation."""
        return f"{self.author} {self.year}"

    def __str__(self) -> str:
        return f"{self.author}, {self.title}, {self.where}, {self.year}"


@dataclass(frozen=True, slots=True)
class Advice:
    """What could be better about a note: its kind (a stable slug), one sentence with the reason, and the source."""

    note: Note
    kind: str
    message: Message
    work: Work


WOZNIAK = Work("P. A. Wozniak", "Effective learning: Twenty rules of formulating knowledge", "supermemo.com", 1999)
SM2 = Work("P. A. Wozniak", "Optimization of learning", "University of Technology, Poznań", 1990)
MATUSCHAK = Work(
    "A. Matuschak",
    "How to write good prompts: using spaced repetition to create understanding",
    "andymatuschak.org",
    2020,
)
TESTING = Work(
    "H. L. Roediger III and J. D. Karpicke",
    "Test-enhanced learning: Taking memory tests improves long-term retention",
    "Psychological Science 17",
    2006,
)
