"""Signs of questions, answers and fields at the beginning of a line, and within one.

A sign is a word of `words` with a colon, with a number and a point (``Q2.``), or in a box (``【问题】``). Before it may
stand the sign of a heading or a list, a number, emphasis and white space.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from duly.importers.qa.words import ROLES, word_pattern
from duly.importers.text_lines import QUESTION_MARKS, SPACE, Line, Mark, marked_line

NUMERAL = "[一二三四五六七八九十]{1,3}"
NUMBER = rf"(?:\d{{1,3}}|{NUMERAL})"  # ``12``, ``十二``
SPACES = rf"{SPACE}*"
GAP = rf"{SPACE}{{0,4}}"
"""The space within a sign, as in ``问 1 ：``; limited, so that a long run of spaces takes linear time."""
LIST = rf"(?:[-*+][ \t]+|(?:\d{{1,3}}[.．)）、]|[（(]{NUMBER}[)）]|{NUMERAL}、|[①-⑳]){SPACES})"
"""The sign of a list: ``- ``, ``1. ``, ``（一）``, ``一、``, ``①``."""
LEAD = rf"(?P<lead>{SPACES}(?:(?P<hashes>#{{1,6}})[ \t]+)?{LIST}?)(?P<open>\*{{1,3}}|_{{1,3}})?"  # ``## 1. **``
WORD = "|".join(f"(?P<{role}>{word_pattern(role)})" for role in ROLES)
CHAT = rf"(?P<chat_asks>{word_pattern('asks', is_chat=True)})|(?P<chat_answers>{word_pattern('answers', is_chat=True)})"
"""The name of a speaker in a chat: ``User``, ``ChatGPT``."""
COLON = rf"(?:{GAP}(?P<before>(?P=open)))?{GAP}(?:：|:(?![/\\:]))(?(before)|(?P<after>(?P=open))?)"
"""A colon, with the end of the emphasis before or behind it: ``：``, ``**:``, ``:**``."""
POINT = (
    r"(?P<point>(?<=\d)[.．、)）]|(?<=[QAqa])[.)）](?=[ \t]))"  # the ``.`` of ``Q2.What`` and ``Q. What``
    rf"(?:{GAP}(?P<before>(?P=open)))?(?(before)|(?P<after>(?P=open))?)"
)
BOX = rf"{GAP}[】］\]](?P<before>)(?P<after>(?P=open))?[：:]?"  # ``】``, ``】：``
CONTENT = rf"{SPACES}(?P<content>.*)"
PATTERNS = tuple(
    re.compile(rf"{LEAD}{sign}{CONTENT}", re.IGNORECASE)
    for sign in (
        rf"(?:{WORD}){GAP}{NUMBER}?{COLON}",  # ``问题 1：什么是锁？``
        rf"(?:{CHAT})(?:[ \t]+said|说)?{COLON}",  # ``ChatGPT said: A lock …``
        rf"(?P<asks>[Qq问問]|Question|问题){GAP}{NUMBER}?{POINT}",  # ``Q2. What is a lock?``
        rf"(?P<answers>[Aa答]|Answer|答案){GAP}{NUMBER}?{POINT}",  # ``A2. A lock …``
        rf"[【［](?:{WORD}){GAP}{NUMBER}?{BOX}",  # ``【问题 1】什么是锁？``
        rf"(?<=[*_])(?![A-Za-z][*_])(?:{WORD}){GAP}{NUMBER}?(?P<before>(?P=open))(?P<after>)",  # ``**答案** 一种…``
        r"\[(?P<asks>问题?|提问|題目|题目)\](?P<before>)(?P<after>)[：:]?",  # ``[问] 什么是锁？``
        r"\[(?P<answers>参考答案|答案?|解答|回答)\](?P<before>)(?P<after>)[：:]?",  # ``[答] 一种…``
    )
)
LETTER = re.compile(rf"{LEAD}[aAＡａ]{GAP}(?:{NUMBER})?{GAP}[*_]*[：:.．、]", re.IGNORECASE)
"""An answer that begins with a single letter, as the first option of a list does: ``A: …``, ``A. …``."""

NUMBERED_LINE = re.compile(
    rf"(?P<lead>{SPACES})(?P<open>\*\*|__)?(?P<before>)(?P<after>)"
    rf"(?P<style>[（(]?)(?P<number>\d{{1,3}})(?P<end>[.．](?!\d)|[)）、]){SPACES}(?P<content>\S.*)"
)
"""``1. 什么是锁？``, ``（2）…``, ``**3、…**``."""

BOLD_LINE = re.compile(rf"{SPACES}(?P<open>\*\*|__)(?P<content>[^*_\s][^*_]*)(?P=open)[ \t]*")
"""A line that is bold from end to end: ``**什么是锁？**``."""

SUMMARY = re.compile(r"<summary[^<>]*>", re.IGNORECASE)  # ``<summary>``, ``<summary class=a>``
ANSWER_WORD = "(?:参考答案|答案|回答|解答|答)"
QUESTION_WORD = "(?:问题|问|提问)"
SIGN_WITHIN_LINE = re.compile(
    r"(?<=[？?。！!；;.”\" \t\u00a0\u3000])(?:"
    rf"(?P<answers>{ANSWER_WORD}\d{{0,3}}[：:]|【{ANSWER_WORD}】[：:]?)"  # ``答：``, ``答案2：``, ``【答案】``
    rf"|(?P<asks>{QUESTION_WORD}\d{{0,3}}[：:]|【{QUESTION_WORD}】[：:]?))"  # ``问：``, ``问题2：``, ``【问题】``
    r"|(?<=[？?])[ \t]+(?P<a>[AＡ][：:])|(?<=[.。！!？?])[ \t]+(?P<q>[QＱ][：:])"  # `` A:``, `` Q:``
    rf"|(?P<box>【{ANSWER_WORD}】[：:]?)"  # ``【答案】`` behind any text
)
"""The sign of an answer or another question on the line of a question: the ``答：`` of ``什么是锁？答：一种…``."""


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a line: a role of `words.ROLES`, and the line with the mark and content of that role.

    It may be the name of a speaker (`is_chat`) or a single letter with a point (`is_pointed`).
    """

    role: str
    line: Line
    is_chat: bool = False
    is_pointed: bool = False


def sign_of(line: Line) -> Sign | None:
    """The sign at the beginning of a line; None for code and all other lines."""
    if line.is_code:
        return None
    for pattern in PATTERNS:
        if match := pattern.match(line.text):
            groups = match.groupdict()
            role = next(name for name in (*ROLES, "chat_asks", "chat_answers") if groups.get(name))
            is_chat = role.startswith("chat_")
            role = role.removeprefix("chat_")
            mark = {"asks": Mark.QUESTION, "answers": Mark.ANSWER}.get(role, Mark.TEXT)
            opened_line = replace(marked_line(line.number, match, mark), start=line.start, end=line.end)
            return Sign(role, opened_line, is_chat, is_pointed=_is_pointed(match))
    return None


def _is_pointed(match: re.Match[str]) -> bool:
    """Whether a sign is a single letter with a point, like that of an option: ``A. …``, but not ``A1. …``."""
    point = match.start("point") if match.groupdict().get("point") else 0
    return bool(point) and match.string[point - 1].isalpha()


def ends_in_question(text: str) -> bool:
    """Whether a text ends in a question mark, perhaps inside emphasis."""
    return text.rstrip("*_ \t\u00a0\u3000").endswith(QUESTION_MARKS)


def looks_like_question(line: Line) -> bool:
    """Whether a line might open a question of any known kind."""
    if line.is_code or line.mark is Mark.ANSWER:
        return False
    sign = sign_of(line)
    if sign is not None and sign.role == "asks" and not sign.is_chat:
        return True
    if SUMMARY.search(line.text):
        return True
    is_bold = line.text.lstrip().startswith(("**", "__"))
    return ends_in_question(line.text) and bool(line.mark is Mark.HEADING or is_bold or NUMBERED_LINE.match(line.text))


def is_plainly_marked(line: Line) -> bool:
    """Whether a word or a letter opens this question, as in ``问：…``, and it is neither a heading nor bold."""
    sign = None if line.level or line.is_chat or line.text.lstrip().startswith(("*", "_")) else sign_of(line)
    return sign is not None and sign.role == "asks"


def says_answer(line: Line) -> bool:
    """Whether a line of text begins with a word for an answer, and not with a letter or a speaker."""
    sign = sign_of(line) if line.mark is Mark.TEXT else None
    return sign is not None and sign.role == "answers" and not sign.is_chat and not LETTER.match(line.text)


def split_pairs(sign: Sign) -> Iterator[Line]:
    """The questions and answers on a line, in turn; the line itself if there is only one."""
    line = sign.line
    at = line.text.rfind(line.content) if line.content else len(line.text)
    offset = line.start + at
    tokens = list(SIGN_WITHIN_LINE.finditer(line.content))
    while tokens and (tokens[-1]["asks"] or tokens[-1]["q"]) and not ends_in_question(line.content):
        tokens.pop()  # a question at the end of the line needs a question mark, since its answer is elsewhere
    roles = ["asks" if token["asks"] or token["q"] else "answers" for token in tokens]
    expected_roles = ["answers", "asks"] if sign.role == "asks" else ["asks", "answers"]
    is_in_turn = all(role == expected_roles[index % 2] for index, role in enumerate(roles))
    ends = [token.start() for token in tokens]
    texts = [
        line.content[start:end]
        for start, end in zip([0, *(token.end() for token in tokens)], [*ends, None], strict=True)
    ]
    if not tokens or not is_in_turn or not all(text.strip() for text in texts):
        yield line
        return
    for index, text in enumerate(texts):
        role = sign.role if index == 0 else roles[index - 1]
        start = line.start if index == 0 else offset + ends[index - 1]
        end = offset + ends[index] if index < len(ends) else line.end
        mark = Mark.QUESTION if role == "asks" else Mark.ANSWER
        content = text.strip()
        yield replace(
            line, text=text if index else line.text[: at + ends[0]], mark=mark, content=content, start=start, end=end
        )
