"""An author's mistake, as a value with a place: collected, never raised."""

from dataclasses import dataclass
from enum import StrEnum

from duly.message import Message
from duly.place import Place


class Severity(StrEnum):
    """An error keeps the note (or file) out; with a warning it still loads. Advice is about no mistake at all."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where, of which kind (a stable slug such as ``unknown-key``), and a sentence saying what to do.

    `excerpt` is the offending line as it stands in the file, without its line end, for showing a caret below it.
    """

    place: Place
    kind: str
    message: Message
    severity: Severity = Severity.ERROR
    excerpt: str = ""
