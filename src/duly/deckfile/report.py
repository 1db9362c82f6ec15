"""The mistakes found in one file, in the order in which they are met."""

from dataclasses import dataclass, field

from duly.deckfile.source import Source
from duly.message import Message
from duly.problem import Problem, Severity


@dataclass(slots=True)
class Report:
    """Collects problems; the only thing that grows while a file is read."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    errors: int = 0

    def error(self, index: int, kind: str, said: Message) -> None:
        """Notes a mistake that keeps out the note (or file) in which the character at `index` stands."""
        self.errors += 1
        self.problems.append(self.source.problem(index, kind, said))

    def warning(self, index: int, kind: str, said: Message) -> None:
        """Notes a mistake with which a note still loads."""
        self.problems.append(self.source.problem(index, kind, said, Severity.WARNING))
