"""A Markdown text as it is read aloud, roughly, and how long that is."""

import re

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)", re.DOTALL)
MATH = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
TARGET = re.compile(r"\]\([^)]*\)")
COMMAND = re.compile(r"\\[A-Za-z]+|\$")
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(rf"[^\W_{HAN}]+(?:[-'’.][^\W_{HAN}]+)*")
CHARACTER = re.compile(f"[{HAN}]")


def prose(markdown: str) -> str:
    """The text without code, math, images and the targets of links."""
    text = FENCE.sub(" ", markdown)
    for pattern in (SPAN, MATH, IMAGE):
        text = pattern.sub(" ", text)
    return TARGET.sub("]", text)


def shows_something(markdown: str) -> bool:
    """Whether there is a block of code, an image or a sound, or a second paragraph, to which words may point."""
    return bool(FENCE.search(markdown) or IMAGE.search(markdown) or "\n" in markdown.strip())


def words(text: str) -> int:
    """How many words there are, two Chinese characters counting as one; code counts, the commands of math do not."""
    bare = COMMAND.sub(" ", TARGET.sub("]", IMAGE.sub(" ", text)))
    return len(WORD.findall(bare)) + (len(CHARACTER.findall(bare)) + 1) // 2
