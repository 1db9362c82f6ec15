"""A question that points to something outside its card."""

import re

from duly.advice.reading import CHARACTER, shows_something
from duly.cards import Cloze, Note
from duly.cards.seen import seen
from duly.message import Message, message

AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have)"
POINTS = re.compile(
    r"^(?:那么|那|请问|所以|因此)?[，,]?\s*(?P<han>这个|这些|这种|这样|这两|这|它们|它|该|此|其|前者|后者)"
    r"|(?P<back>上述|上面(?:的|这|那|提到|所)|以上(?:的|这|那|提到|所)?|前面(?:提到|所说|那)|前述|如前所|上一题|上一个问题|上题|前一题)"
    r"|\b(?P<above>the above|above[- ]mentioned|mentioned above|as above"
    r"|(?:the )?(?:previous|last|preceding) (?:question|card)|the former|the latter)\b"
    rf"|^(?:and |but |so )?(?:what|why|how|when|where|which|who)\s+{AUXILIARY}\s+(?P<it>it|they|this|these|those)\b"
    r"(?!.*\b(?:that|to|when|if|called|said)\b)",
    re.IGNORECASE,
)


def context(note: Note) -> Message | None:
    """Of a question that says *it*, *this* or *the above* where nothing on the card is meant.

    What is shown in the question (code, an image, a paragraph before) may be meant. A pronoun in a text to translate
    is none: there, question and answer are written in different scripts.
    """
    question, answer = seen(note, "").asked, "" if isinstance(note.kind, Cloze) else note.kind.answer
    found = POINTS.search(question.strip())
    if found is None or shows_something(question):
        return None
    if found["han"] and answer and not CHARACTER.search(answer):
        return None
    return message("{word!r} refers to nothing on this card, and cards come in any order; name what is meant",
                   word=next(filter(None, found.groups())))  # fmt: skip
