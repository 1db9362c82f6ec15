"""The table of all keys of a deck file, used by the parser, the schema and the documentation."""

from dataclasses import dataclass
from enum import Enum, auto

from duly.message import Message, message


class Shape(Enum):
    """The type of a field's value."""

    TEXT = auto()
    TEXTS = auto()
    IMAGE = auto()
    REGIONS = auto()
    FLAG = auto()
    TYPED = auto()
    TAGS = auto()
    ID = auto()
    DECK = auto()
    LANGUAGE = auto()
    CARDS = auto()
    FACE = auto()
    MORE = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A key, the type of its value, and its description.

    `must_not_be_empty`: an empty text or list is a mistake. `aliases`: other names that authors may write, in addition
    to those in `duly.cards.note_keys`.
    """

    key: str
    shape: Shape
    description: Message
    must_not_be_empty: bool = False
    aliases: tuple[str, ...] = ()


FILE_FIELDS = (
    Field("deck", Shape.DECK,
          message("the deck's name, instead of the one taken from the path; :: separates its levels"),
          aliases=("name", "title")),
    Field("language", Shape.LANGUAGE, message("the language of the cards as a BCP 47 tag such as zh-Hans"),
          aliases=("lang", "locale", "语言", "語言")),
    Field("tags", Shape.TAGS, message("tags for every card of the file")),
    Field("cards", Shape.CARDS, message("the cards of the deck"), aliases=("notes", "items", "questions", "卡片")),
)  # fmt: skip

NOTE_FIELDS = (
    Field("q", Shape.TEXT, message("the question, in Markdown"), must_not_be_empty=True),
    Field("a", Shape.TEXT, message("the answer, in Markdown"), must_not_be_empty=True),
    Field("cloze", Shape.TEXT, message("a text with deletions such as {example}; each number is a card",
                                       example="{{c1::text::hint}}"), must_not_be_empty=True),
    Field("image", Shape.IMAGE, message("the path of a picture with covered regions; q is what stands above it"),
          must_not_be_empty=True, aliases=("picture", "img", "图片", "圖片", "图像")),
    Field("regions", Shape.REGIONS, message("the covered regions such as {example}; each number is a card",
                                            example="1 rect .1 .2 .3 .15 = left atrium"), must_not_be_empty=True,
          aliases=("occlusions", "masks", "遮挡", "遮盖", "区域", "區域")),
    Field("reverse", Shape.FLAG, message("whether a second card asks for the question")),
    Field("typed", Shape.TYPED, message("whether the learner types the answer; exact where every sign counts")),
    Field("also", Shape.TEXTS, message("other right answers of a typed card"), must_not_be_empty=True),
    Field("wrong", Shape.TEXTS, message("wrong answers, among which the right one is chosen"), must_not_be_empty=True),
    Field("id", Shape.ID, message("what the learner's progress is tied to: 1 to 64 visible characters"),
          aliases=("key",)),
    Field("tags", Shape.TAGS, message("tags of this card; :: nests them")),
    Field("hint", Shape.TEXT, message("a hint, shown on demand before the answer")),
    Field("extra", Shape.TEXT, message("more, shown after the answer and never asked")),
    Field("source", Shape.TEXT, message("where the card comes from")),
    Field("more", Shape.MORE, message("further cards: other questions about the same, each learned by itself")),
)  # fmt: skip

FURTHER_FIELDS = (
    Field("face", Shape.FACE, message("the name to which the progress of the card is tied")),
    Field("q", Shape.TEXT, message("the question, in Markdown"), must_not_be_empty=True),
    Field("a", Shape.TEXT, message("the answer, in Markdown"), must_not_be_empty=True),
    Field("typed", Shape.FLAG, message("whether the learner types the answer")),
)
"""The keys of a further card."""

PAIR = ("q", "a")
"""The keys of every note that is neither a cloze nor a picture with regions."""

OCCLUSION = ("image", "regions")
"""The keys of a picture with regions."""

VARIANTS = ("reverse", "typed", "wrong")
"""The keys that make a pair another kind of note; at most one of them is allowed."""

TRUE = ("true", "True", "TRUE")
FALSE = ("false", "False", "FALSE")

# Both Python and ECMAScript (the schema) read these patterns alike.
NOT_EMPTY = r"\S"  # any text, except one of white space only
ID = r"^\S(.*\S)?$"  # ``csr``, ``csr 2``; no space at its ends
TAG = r"^(?!::)(?:(?!::::|::$)\S)+$"  # ``ml``, ``ml::sparse``; not ``ml::``, ``two words``
_LEVEL = r"[^\s:\x00-\x1f\x7f](?:(?:(?!::)[^\x00-\x1f\x7f])*[^\s:\x00-\x1f\x7f])?"  # ``Machine Learning``
DECK = f"^{_LEVEL}(?:::{_LEVEL})*$"  # ``Machine Learning::sparse``; not ``ml::``, ``ml:::sparse``
LANGUAGE = (
    r"^[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}"  # language: ``zh``, ``zh-yue``
    r"(?:-[A-Za-z]{4})?"  # script: ``-Hant``
    r"(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"  # region: ``-TW``, ``-419``
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"  # variants: ``-pinyin``, ``-1996``
    r"(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*"  # extensions: ``-u-co-pinyin``
    r"(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?$"  # private use: ``-x-home``
)
"""A language tag of BCP 47: ``zh``, ``zh-Hant-TW``."""
