"""Known formats that cannot be imported, with advice on what to export instead."""

import re
from dataclasses import dataclass
from pathlib import Path

from duly.message import Message, message


@dataclass(frozen=True, slots=True)
class UnsupportedFormat:
    """A format, recognised by file endings or by a pattern in the text, and advice on what to do instead."""

    advice: Message
    endings: tuple[str, ...] = ()
    sign: re.Pattern[str] | None = None


FORMATS = (
    UnsupportedFormat(
        message("this is a deck file already; duly learns it where it is, with duly quiz PATH"), (".yaml", ".yml")
    ),
    UnsupportedFormat(
        message("Org files are not read; export the cards to Anki or to a table, and import that"),
        (".org",), re.compile(r"^#\+(?:TITLE|STARTUP):|^\*+ .*:(?:drill|fc):\s*$", re.MULTILINE | re.IGNORECASE),
        # ``#+TITLE: Locks``, ``* What is a lock? :drill:``
    ),
    UnsupportedFormat(
        message("what Roam exports as JSON is not read; export a page with question and answer in a table"),
        sign=re.compile(r'\A\s*\[\s*\{.*"children"\s*:.*"string"\s*:', re.DOTALL),  # ``[{"children": [{"string":``
    ),
    UnsupportedFormat(
        message("what RemNote writes as Markdown is not read; export to Anki or to a table from there"),
        (".rem",), re.compile(r"^\s*(?:[-*] )?\S.*? (?:>>|<<|<>|;;|::>) \S", re.MULTILINE),  # ``- Lock >> A …``
    ),
    UnsupportedFormat(
        message("clippings of a Kindle are passages and no cards; write the questions to them, as in Q: … A: …"),
        sign=re.compile(r"^={10}\s*$", re.MULTILINE),  # ``==========`` below each passage
    ),
    UnsupportedFormat(
        message("what Pleco writes as XML is not read; export its flashcards as a text file, a line for each"),
        sign=re.compile(r"<plecoflash\b"),  # ``<plecoflash formatversion="2">``
    ),
    UnsupportedFormat(
        message("XML is not read; export a table (CSV) or an Anki package from there"),
        (".xml",), re.compile(r"\A\s*<\?xml\b|<SuperMemoCollection\b|<mnemosyne\b"),  # ``<?xml version="1.0"?>``
    ),
    UnsupportedFormat(
        message("workbooks are not read; save the sheet as CSV, and import that"),
        (".xlsx", ".xls", ".ods", ".numbers"),
    ),
    UnsupportedFormat(
        message("this kind of document is not read; save it as plain text or as Markdown, and import that"),
        (".docx", ".doc", ".odt", ".rtf", ".pdf", ".html", ".htm", ".epub"),
    ),
)  # fmt: skip


def advice_for(path: Path, text: str = "") -> Message | None:
    """The advice for a file of an unsupported format; None for any other file."""
    ending = path.suffix.lower()
    for unsupported_format in FORMATS:
        if ending in unsupported_format.endings or (
            unsupported_format.sign and text and unsupported_format.sign.search(text[:100_000])
        ):
            return unsupported_format.advice
    return None
