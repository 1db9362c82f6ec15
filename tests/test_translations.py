"""Every sentence duly can say is in the Chinese catalog, and the compiled catalog is the one that was written."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import files
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from tests.cli.usage import Usage

import duly

PACKAGE = Path(duly.__file__).parent
CATALOG = Path("locale", "zh_CN", "LC_MESSAGES", "duly.po")
CHINESE = Path(__file__).parent.parent / "src" / "duly" / CATALOG
KEYWORDS = {"_": None, "message": None, "counted": (1, 2), "bind": (3,)}


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def sentences() -> Iterator[tuple[str, ...]]:
    for _file, _line, text, _comments, _context in extract_from_dir(PACKAGE, keywords=KEYWORDS):
        yield text if isinstance(text, tuple) else (text,)


def names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def forms(text: object) -> tuple[str, ...]:
    """The singular and the plural, or the one form there is."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def entries(compiled: BinaryIO) -> list[tuple[object, object]]:
    """What a compiled catalog says, without its header, which names the release of Babel."""
    return [(message.id, message.string) for message in read_mo(compiled) if message.id]


def test_every_sentence_has_a_chinese_translation(chinese: Catalog) -> None:
    missing = []
    for texts in set(sentences()):
        message = chinese.get(texts[0])
        if message is None or not all(forms(message.string)) or message.fuzzy:
            missing.append(texts[0])
    assert missing == []


def test_no_sentence_stands_within_an_f_string() -> None:
    """Before Python 3.12, what translators are given lacks it: ``f"{_('Done')}!"`` is one token."""
    hidden = [
        f"{file.name}:{call.lineno}"
        for file in PACKAGE.rglob("*.py")
        for f_string in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(f_string, ast.JoinedStr)
        for call in ast.walk(f_string)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in KEYWORDS
        if isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_no_translation_is_left_of_a_removed_sentence(chinese: Catalog, tmp_path: Path) -> None:
    used_texts = {texts[0] for texts in sentences()} | Usage.of_all_calls(tmp_path).looked_up
    ids = [forms(message.id)[0] for message in chinese if message.id]
    assert [text for text in ids if text not in used_texts] == []


def test_translations_keep_the_names_of_values(chinese: Catalog) -> None:
    wrong_translations = []
    for message in chinese:
        if message.id:
            text = forms(message.id)[-1]
            wrong_translations += [text for translation in forms(message.string) if names(translation) != names(text)]
    assert wrong_translations == []


def test_the_compiled_catalog_is_up_to_date(chinese: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, chinese)
    compiled.seek(0)
    with (PACKAGE / CATALOG).with_suffix(".mo").open("rb") as file:
        assert entries(file) == entries(compiled)


def test_the_files_of_translators_are_not_installed() -> None:
    """Of an editable installation the files are not listed, so there this holds anyway."""
    assert [str(file) for file in files("duly") or () if file.suffix == ".po"] == []
