"""Several facts on one card: half of them remembered is no grade."""

import re

from duly.advice.reading import prose, words
from duly.cards import Cloze, Note
from duly.message import Message, message

SENTENCE_END = re.compile(r"[。！？；]|[!?;](?=\s|$)|(?<=[^\W\d_]{3})\.(?=\s+[^\W\d_a-z]|\s*$)", re.MULTILINE)
QUESTION_END = re.compile(r"？|\?(?=\s|$)", re.MULTILINE)
MANY = 3
"""Sentences from which on an answer is more than one fact."""

SHORTEST = 3
"""The words of the shortest sentence that counts."""


def several_facts(note: Note) -> Message | None:
    """Of an answer of several sentences."""
    if isinstance(note.kind, Cloze):
        return None
    sentences = [part for part in SENTENCE_END.split(prose(note.kind.answer)) if words(part) >= SHORTEST]
    if len(sentences) < MANY:
        return None
    return message(
        "this answer says {n} things, and remembering only some of them has no grade; make one card for each, or move"
        " explanations to extra:",
        n=len(sentences),
    )


def several_questions(note: Note) -> Message | None:
    """Of a question that asks more than once."""
    if isinstance(note.kind, Cloze):
        return None
    text = prose(note.kind.question)
    asked = len(QUESTION_END.findall(re.sub(r"[“\"「『（(].*?[”\"」』）)]", " ", text)))
    if asked < 2:
        return None
    return message("this asks {n} questions at once, and one right answer is no grade; make one card for each", n=asked)
