"""A question that is answered by yes or no, and so half guessed."""

import re

from duly.cards import Cloze, Note
from duly.message import Message, message

ANSWER = re.compile(
    r"\W*(?:yes|no|true|false|correct|incorrect|right|wrong"
    r"|是的?|不是|否|对的?|不对|错的?|正确|不正确|错误|能|不能|会|不会|可以|不可以|有|没有)(?:\s*$|[,.;:!?。，、；：！？—-].*)",
    re.IGNORECASE | re.DOTALL,
)
ASKED = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|true or false)\b"
    r"|吗[？?]?\W*$|是否|能否|是不是|对不对|对错|有没有|能不能|会不会",
    re.IGNORECASE,
)
REASON = re.compile(r"\b(?:why|explain|justify|prove)\b|为什么|为何|理由|原因|证明|说明|解释", re.IGNORECASE)


def yes_no(note: Note) -> Message | None:
    """Of a question that can be answered by yes or no and is; a word such as *no* may be a good answer elsewhere.

    One that asks for the reason, too, is not guessed.
    """
    if isinstance(note.kind, Cloze) or not ANSWER.fullmatch(note.kind.answer) or not ASKED.search(note.kind.question):
        return None
    if REASON.search(note.kind.question):
        return None
    return message("a yes or no can be guessed half the time, and asks for little; ask why, how or which")
