"""The five kinds of note: what is asked, and how."""

from dataclasses import dataclass


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
    """A question whose answer the learner types."""

    question: str
    answer: str


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


Kind = Basic | Reversed | Typed | Choice | Cloze
