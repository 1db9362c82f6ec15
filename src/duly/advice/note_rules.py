"""The rules for a single note: each function returns its advice as a message, or None."""

import re
import unicodedata
from collections.abc import Iterator

from duly.cards import Cloze, Note
from duly.cards.cloze import Deletion, Piece, numbers, pieces
from duly.cards.note_snapshot import snapshot
from duly.message import Message, message

FENCED_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
"""A code block: ````` ```c `````, the lines below it and the closing ````` ``` `````, or the rest of the text."""
CODE_SPAN = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)", re.DOTALL)  # `` `x = 1` ``
MATH = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)  # ``$x^2$``, ``$$x^2$$``
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")  # ``![a dog](dog.png)``
LINK_TARGET = re.compile(r"\]\([^)]*\)")  # the ``](a.html)`` of ``[a page](a.html)``
MATH_COMMAND = re.compile(r"\\[A-Za-z]+|\$")  # the ``\alpha`` and ``$`` of ``$\alpha$``
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ``词``
WORD = re.compile(rf"[^\W_{HAN}]+(?:[-'’.][^\W_{HAN}]+)*")  # ``don't``, ``well-known``, ``v1.2``; not ``词``
HAN_CHARACTER = re.compile(f"[{HAN}]")  # ``词``; no kana, no ``，``


def prose(markdown: str) -> str:
    """The text without code, math, images and the targets of links."""
    text = FENCED_CODE.sub(" ", markdown)
    for pattern in (CODE_SPAN, MATH, IMAGE):
        text = pattern.sub(" ", text)
    return LINK_TARGET.sub("]", text)


def shows_something(markdown: str) -> bool:
    """Whether a text has something that its words may refer to: code, an image, a sound, or several paragraphs."""
    return bool(FENCED_CODE.search(markdown) or IMAGE.search(markdown) or "\n" in markdown.strip())


def word_count(text: str) -> int:
    """The number of words; two Chinese characters count as one. Code counts, the commands of math do not."""
    text = MATH_COMMAND.sub(" ", LINK_TARGET.sub("]", IMAGE.sub(" ", text)))
    return len(WORD.findall(text)) + (len(HAN_CHARACTER.findall(text)) + 1) // 2


YES_NO_ANSWER = re.compile(
    r"\W*(?:yes|no|true|false|correct|incorrect|right|wrong"
    r"|是|不是|否|对|不对|没错|错|正确|不正确|错误|能|不能|会|不会|可以|不可以|行|不行|有|没有|没|要|不要|需要|不需要|不用|不必"
    r"|无需|必须|当然|并?不是|并非|不一定|未必)(?:的|了)?(?:\s*$|[,.;:!?。，、；：！？—-].*)",
    re.IGNORECASE | re.DOTALL,
)
"""An answer that begins with yes or no: ``Yes.``, ``No, because it is full.``, ``不一定，看情况``; not ``nothing``."""
YES_NO_QUESTION = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|true or false)\b"
    r"|[吗么][？?]?\W*$|是否|能否|可否|对错|有没有|([\u4e00-\u9fff])不\1",  # 可靠吗？, 能不能
    re.IGNORECASE,
)
"""A question that can be answered by yes or no: ``Is it open?``, ``可靠吗？``, ``是不是``; not ``What is it?``."""
FIRST_CLAUSE = re.compile(r"(?:并?不|没有?)?(?P<word>[\u4e00-\u9fff]{1,4}?)(?:的|了)?(?:\s*$|[,.;:!?。，、；：！？—-])")
"""The first clause of an answer, which may only repeat a word of the question: 不可靠 after 可靠吗？"""
REASON = re.compile(r"\b(?:why|explain|justify|prove)\b|为什么|为何|理由|原因|证明|说明|解释", re.IGNORECASE)
"""A word that asks for the reason: ``Is it open, and why?``"""


def yes_no(note: Note) -> Message | None:
    """Advice on a yes-no question with such an answer; to another question, a word such as *no* may be a good answer.

    A question that also asks for the reason cannot be guessed, and is fine.
    """
    if (
        isinstance(note.kind, Cloze)
        or not YES_NO_QUESTION.search(note.kind.question)
        or REASON.search(note.kind.question)
    ):
        return None
    if not YES_NO_ANSWER.fullmatch(note.kind.answer) and not _echoes(note.kind.question, note.kind.answer):
        return None
    return message("a yes or no can be guessed half the time, and asks for little; ask why, how or which")


def _echoes(question: str, answer: str) -> bool:
    """Whether the answer begins with the last word of the question, affirmed or denied."""
    first_word = FIRST_CLAUSE.match(answer.strip())
    stem = re.sub(r"[吗么]?[？?。\s]*$", "", question)  # 吗？ in 可靠吗？
    return first_word is not None and stem.endswith(first_word["word"])


AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have)"
REFERENCE = re.compile(
    # 这 in 那么，这是什么？
    r"^(?:那么|那|请问|所以|因此)?[，,]?\s*(?P<han>这个|这些|这种|这样|这两|这|它们|它|该|此|其|前者|后者)"
    # 上面的 in 怎样改进上面的算法？
    r"|(?P<back>上述|上面(?:的|这|那|提到|所)|以上(?:的|这|那|提到|所)?|前面(?:提到|所说|那)|前述|如前所|上一题|上一个问题|上题|前一题)"
    # the previous question, the former
    r"|\b(?P<above>the above|above[- ]mentioned|mentioned above|as above"
    r"|(?:the )?(?:previous|last|preceding) (?:question|card)|the former|the latter)\b"
    # it in And what is it?, not in What is it called?
    rf"|^(?:and |but |so )?(?:what|why|how|when|where|which|who)\s+{AUXILIARY}\s+(?P<it>it|they|this|these|those)\b"
    r"(?!.*\b(?:that|to|when|if|called|said)\b)",
    re.IGNORECASE,
)
"""A reference to another card; each group captures the words that refer."""

CONTINUATION = re.compile(
    r"^(?P<then>那么?)(?=[，,]?\s*(?:为什么|为何|怎么|怎样|如何|什么|哪|谁|要是|如果|有没有|是不是|能不能|会不会|还))"
)
"""A word that continues an earlier question: 那 in 那为什么不用双向模型？, not in 那不勒斯在哪里？"""

BARE_QUESTION = re.compile(
    # 举个小白都能懂的例子, 请举例说明
    r"(?:请|你|能不能|能|可以|可否|再|给我|帮我|来|给)*举?(?:一个|一些|几个|个|一下|些)?"
    r"(?:小白|新手|初学者|外行人?|普通人|大家|都|也|能|可以|听|看|懂|得|易|通俗|简单|具体|形象|生动|实际|生活中|直观|更|好|一点|的)*"
    r"(?:例子|举例)(?:说明|吗|吧|呢|一下)*"
    # 怎么解决, 具体如何实现
    r"|(?:应该|该|要|又|具体)?(?:怎么|如何|怎样)(?:解决|办|处理|避免|缓解|改进|优化|理解|做|实现|证明|选择?)(?:呢|好)?"
    # 还有哪些优点
    r"|(?:还)?有(?:什么|哪些)(?:区别|优点|缺点|优缺点|作用|用处?|好处|坏处|影响|不同|联系|关系)(?:呢)?"
    # 为什么呢
    r"|(?:为什么|为何|原因是什么|然后|还有|具体|区别是什么|优缺点是什么)(?:呢)?"
)
"""A question without a subject, which only makes sense after another one; without its question mark."""


def missing_context(note: Note) -> Message | None:
    """Advice on a question that says *it*, *this* or *the above* without anything on the card to refer to.

    Such words may refer to code, an image or a paragraph in the question. A pronoun in a text to translate does not
    count: then question and answer are in different scripts.
    """
    question, answer = snapshot(note, "").plain_question, "" if isinstance(note.kind, Cloze) else note.kind.answer
    text = question.strip().rstrip("？?。！!")
    match = REFERENCE.search(text) or CONTINUATION.search(text)
    word = next(filter(None, match.groups())) if match else text if BARE_QUESTION.fullmatch(text) else ""
    if not word or shows_something(question):
        return None
    is_back = match is not None and match.groupdict().get("back")
    if HAN_CHARACTER.match(word) and not is_back and answer and not HAN_CHARACTER.search(answer):
        return None
    return message(
        "{word!r} refers to nothing on this card, and cards come in any order; name what is meant", word=word
    )


SENTENCE_END = re.compile(r"[。！？；]|[!?;](?=\s|$)|(?<=[^\W\d_]{3})\.(?=\s+[^\W\d_a-z]|\s*$)", re.MULTILINE)
"""The end of a sentence: ``。``, the ``!`` of ``Stop! Go``, the full stop of ``a cat. It``; none in ``e.g. a``."""
QUESTION_END = re.compile(r"？|\?(?=\s|$)", re.MULTILINE)  # ``？``, or the ``?`` of ``Why? How?``; not that of ``a?b``
MANY_SENTENCES = 3
"""The least number of sentences of an answer that counts as several facts."""

SHORTEST_SENTENCE = 3
"""The least number of words of a sentence that counts."""


def several_facts(note: Note) -> Message | None:
    """Advice on an answer of several sentences."""
    if isinstance(note.kind, Cloze):
        return None
    sentences = [part for part in SENTENCE_END.split(prose(note.kind.answer)) if word_count(part) >= SHORTEST_SENTENCE]
    if len(sentences) < MANY_SENTENCES:
        return None
    return message(
        "this answer says {n} things, and remembering only some of them has no grade; make one card for each, or move"
        " explanations to extra:",
        n=len(sentences),
    )


def several_questions(note: Note) -> Message | None:
    """Advice on several questions in one."""
    if isinstance(note.kind, Cloze):
        return None
    text = prose(note.kind.question)
    count = len(QUESTION_END.findall(re.sub(r"[“\"「『（(].*?[”\"」』）)]", " ", text)))
    if count < 2:
        return None
    return message(
        "this asks {n} questions at once, and a partly right answer cannot be graded; make one card for each", n=count
    )


LIST_ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)、])\s*\S", re.MULTILINE)  # ``- a``, ``1. a``, ``1、甲``
LIST_SEPARATOR = re.compile(r"[、；]|[,，;](?=\s*\S)")  # the ``,`` of ``a, b``; the ``、`` of ``甲、乙``
MANY_LINES = 4
"""The least number of lines of a long list."""

MANY_PARTS = 5
"""The least number of parts of a sentence that counts as a long list."""

LONGEST_PART = 5
"""The most words of a part that is an item of a list, not a clause."""


def enumeration(note: Note) -> Message | None:
    """Advice on an answer with many items, on lines of their own or in one sentence."""
    if isinstance(note.kind, Cloze):
        return None
    text = prose(note.kind.answer)
    items = len(LIST_ITEM.findall(text))
    parts = [part for part in LIST_SEPARATOR.split(text.strip()) if part.strip()]
    if items < MANY_LINES and len(parts) >= MANY_PARTS and all(0 < word_count(part) <= LONGEST_PART for part in parts):
        items = len(parts)
    if items < MANY_LINES:
        return None
    return message(
        "a list of {n} is hard to recall whole; ask for one item at a time, or hide each in a cloze", n=items
    )


LONGEST_ANSWER = 50
"""The most words (in Chinese, twice as many characters) of an answer that can be graded as a whole."""


def long_answer(note: Note) -> Message | None:
    """Advice on a long answer, unless other advice already says to split it."""
    if (
        isinstance(note.kind, Cloze)
        or word_count(note.kind.answer) <= LONGEST_ANSWER
        or several_facts(note)
        or enumeration(note)
    ):
        return None
    return message(
        "this answer has about {n} words, too many to tell whether you remembered it; ask for one part per card",
        n=word_count(note.kind.answer),
    )


SHORTEST_WORD = 4
"""The least number of letters of a hidden word that counts as given away; shorter ones occur everywhere."""

SHORTEST_TERM = 2
"""The same in Chinese characters."""


def giveaway(note: Note) -> Message | None:
    """Advice on a cloze whose hidden text also occurs in the visible text, or that hides the whole text."""
    if not isinstance(note.kind, Cloze):
        return None
    parts = pieces(note.kind.text)
    for number in numbers(note.kind.text):
        name = f"c{number}"
        visible_text = _normalise("".join(_visible_texts(parts, number)))
        if not any(map(str.isalnum, visible_text)):
            return message("{name} hides the whole text, so nothing shows what is asked; leave some of it", name=name)
        if any(_is_readable(_normalise(hidden_text), visible_text) for hidden_text in _hidden_texts(parts, number)):
            return message(
                "what {name} hides can be read in the rest of the text, so there is nothing to recall; reword it, or"
                " give both places the same number",
                name=name,
            )
    return None


def _visible_texts(parts: tuple[Piece, ...], number: int) -> Iterator[str]:
    for piece in parts:
        if isinstance(piece, str):
            yield piece
        elif number in piece.numbers:
            yield f" {piece.hint} "
        else:
            yield from _visible_texts(piece.content, number)


def _hidden_texts(parts: tuple[Piece, ...], number: int) -> Iterator[str]:
    for piece in parts:
        if isinstance(piece, Deletion):
            if number in piece.numbers:
                yield "".join(_visible_texts(piece.content, 0))
            else:
                yield from _hidden_texts(piece.content, number)


def _is_readable(hidden_text: str, visible_text: str) -> bool:
    """Whether the hidden text occurs in the visible text; for letters, as a whole word."""
    if HAN_CHARACTER.search(hidden_text):
        return len(hidden_text) >= SHORTEST_TERM and hidden_text in visible_text
    if len(hidden_text) < SHORTEST_WORD or not hidden_text.isalpha():
        return False
    return bool(re.search(rf"(?<![^\W_]){re.escape(hidden_text)}(?![^\W_])", visible_text))


def _normalise(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
