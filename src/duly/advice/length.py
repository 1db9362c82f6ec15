"""An answer too long to say whether it was right."""

from duly.advice.facts import several_facts
from duly.advice.lists import enumeration
from duly.advice.reading import words
from duly.cards import Cloze, Note
from duly.message import Message, message

LONGEST = 50
"""The words of an answer (in Chinese, twice as many characters) that can still be graded as one."""


def long_answer(note: Note) -> Message | None:
    """Of an answer that is not advised to be parted anyway."""
    if isinstance(note.kind, Cloze) or words(note.kind.answer) <= LONGEST or several_facts(note) or enumeration(note):
        return None
    return message(
        "this answer has about {n} words, too many to tell whether you remembered it; ask for one part per card",
        n=words(note.kind.answer),
    )
