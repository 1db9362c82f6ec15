"""Files that somebody made to do harm, or that a disk has damaged: a clear refusal, and nothing else happens."""

import json
import re
import sqlite3
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.learner import Learner

from duly.anki.read import unzip_package
from duly.anki.read.open_anki import open_anki
from duly.errors import DulyError

pytestmark = pytest.mark.slow

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A package of each form, the newest first, with a note and an image."""
    folder = tmp_path_factory.mktemp("packages")
    learner = Learner(folder / "anki")
    learner.adds("Basic", "q", '<img src="a.png">')
    learner.collection.media.write_data("a.png", b"picture" * 50)
    contents = learner.packs(folder / "new.apkg").read_bytes(), learner.packs(folder / "old", legacy=True).read_bytes()
    learner.close()
    return contents


@pytest.fixture
def old(packages: tuple[bytes, bytes], tmp_path: Path) -> Path:
    (tmp_path / "old.apkg").write_bytes(packages[1])
    return tmp_path / "old.apkg"


@pytest.fixture
def new(packages: tuple[bytes, bytes], tmp_path: Path) -> Path:
    (tmp_path / "new.apkg").write_bytes(packages[0])
    return tmp_path / "new.apkg"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for what is temporary, in which nothing else stands."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def read_all(file: Path) -> None:
    with open_anki(file) as collection:
        list(collection.notes()), list(collection.cards()), list(collection.reviews())
        collection.note_types, collection.decks, collection.settings  # noqa: B018 - read when asked for
        for media in collection.media.values():
            list(media.blocks())


def refusal(file: Path) -> str:
    """What is said of the file; and that reading it has changed nothing and left nothing behind."""
    before = file.read_bytes()
    with pytest.raises(DulyError) as caught:
        read_all(file)
    assert file.read_bytes() == before
    assert not list(Path(tempfile.gettempdir()).iterdir())
    assert str(caught.value).startswith(str(file))
    return str(caught.value).removeprefix(str(file))


def rewritten(file: Path, changes: Mapping[str, bytes | None], *more: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    """The package with other content for some members (None: left out), and further members at its end."""
    with zipfile.ZipFile(file) as package:
        members = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand in it twice
        for name, content in {**members, **changes}.items():
            if content is not None:
                package.writestr(name, content)
        for info, content in more:
            package.writestr(info, content)
    return file


def in_database(file: Path, change: Callable[[sqlite3.Connection], object]) -> Path:
    """The old package with its database changed."""
    with zipfile.ZipFile(file) as package, closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.deserialize(package.read("collection.anki21"))
        database.create_collation("unicase", lambda name, other: (name > other) - (name < other))
        change(database)
        return rewritten(file, {"collection.anki21": database.serialize()})


def sql(statements: str) -> Callable[[sqlite3.Connection], object]:
    return lambda database: database.executescript(statements)


def test_a_zip_bomb_is_refused(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip_package, "ALLOWANCE", 1 << 20)
    rewritten(old, {"collection.anki21": bytes(30 << 20)})
    assert "unpack to more than any package of Anki" in refusal(old)


def test_a_zstd_bomb_is_refused(new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip_package, "ALLOWANCE", 1 << 20)
    rewritten(new, {"collection.anki21b": zstd.compress(bytes(30 << 20))})
    assert "unpack to more than any package of Anki" in refusal(new)


def test_images_count_against_the_same_bounds(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip_package, "ALLOWANCE", 1 << 20)
    bomb = bytes(8 << 20)
    names = {str(number): f"{number}.png" for number in range(4)}
    rewritten(old, {"media": json.dumps(names).encode(), **dict.fromkeys(names, bomb)})
    assert "unpack to more than any package of Anki" in refusal(old)


BAD_NAMES = (
    "../up.png", "/etc/up.png", "a/b.png", "a\\b.png", "..", ".", ".hidden", "", "C:up.png", "nul.png", "COM1",
    "a\0b.png", "a\nb.png", "a.png ", "a.png.", "x" * 256, "\ud800.png", "\u202egnp.exe",
)  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_is_no_plain_file_name_is_refused_and_reported(old: Path, name: str) -> None:
    rewritten(old, {"media": json.dumps({"0": name}).encode()})
    with open_anki(old) as collection:
        assert (dict(collection.media), collection.refused_media) == ({}, (name,))


def test_missing_content_and_duplicate_names_are_reported(old: Path) -> None:
    rewritten(old, {"media": json.dumps({"7": "gone.png", "0": "a.png", "meta": "a.png"}).encode()})
    with open_anki(old) as collection:
        assert (list(collection.media), collection.refused_media) == (["a.png"], ("gone.png", "a.png"))


@pytest.mark.parametrize("name", ["collection.anki21", "media", "0"])
def test_two_members_of_one_name_are_refused(old: Path, name: str) -> None:
    assert "two parts of one name" in refusal(rewritten(old, {}, (name, b"other")))


def test_links_are_refused(old: Path) -> None:
    link = zipfile.ZipInfo("1")
    link.external_attr = 0o120777 << 16
    assert "links" in refusal(rewritten(old, {}, (link, b"/etc/passwd")))


def test_an_encrypted_zip_is_refused(old: Path) -> None:
    content = bytearray(old.read_bytes())
    for entry in re.finditer(rb"PK\x01\x02", content):
        content[entry.start() + 8] |= 1
    old.write_bytes(content)
    assert "encrypted" in refusal(old)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_zip_is_refused(old: Path, share: float) -> None:
    content = old.read_bytes()
    old.write_bytes(content[: int(len(content) * share)])
    assert "damaged" in refusal(old)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_zstd_is_refused(new: Path, share: float) -> None:
    with zipfile.ZipFile(new) as package:
        content = package.read("collection.anki21b")
    assert "cut off" in refusal(rewritten(new, {"collection.anki21b": content[: int(len(content) * share)]}))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_truncated_database_is_refused(old: Path, share: float) -> None:
    with zipfile.ZipFile(old) as package:
        content = package.read("collection.anki21")
    refusal(rewritten(old, {"collection.anki21": content[: int(len(content) * share)]}))


def test_data_that_is_not_zstd_is_refused(new: Path) -> None:
    assert "unpacked" in refusal(rewritten(new, {"collection.anki21b": b"SQLite format 3\0"}))


@pytest.mark.parametrize("meta", [b"\x08\x04", b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"])
def test_a_package_of_the_future_is_refused(old: Path, meta: bytes) -> None:
    assert "newer Anki" in refusal(rewritten(old, {"meta": meta}))


@pytest.mark.parametrize(
    "meta", [b"\x08", b"\x0a\xff\x01", b"\x0b\x01", b"\x0a\x01\x02", b"\xff" * 20, b"\x09" + bytes(3)]
)
def test_an_invalid_message_is_refused(old: Path, meta: bytes) -> None:
    assert "cannot be understood" in refusal(rewritten(old, {"meta": meta}))


@pytest.mark.parametrize("media", [b"[", b"[]", b"\xff", b'"x"', b"[" * 100_000, b'{"0": ' + b"9" * 5000 + b"}"])
def test_an_invalid_list_of_media_is_refused(old: Path, media: bytes) -> None:
    assert re.search("understood|list of images", refusal(rewritten(old, {"media": media})))


def test_a_zip_without_a_collection_is_refused(old: Path) -> None:
    refusal(rewritten(old, {"meta": None, "collection.anki21": None, "collection.anki2": None}))


HARMFUL = (
    "create trigger t after insert on notes begin delete from cards; end",
    "alter table notes rename to n; create view notes as select * from n",
    "create virtual table f using fts5(a)",
)


@pytest.mark.parametrize("statement", HARMFUL)
def test_a_database_with_more_than_tables_is_refused(old: Path, statement: str) -> None:
    assert "more than tables" in refusal(in_database(old, sql(statement)))


@pytest.mark.parametrize("table", ["col", "notes", "cards", "revlog"])
def test_a_missing_table_is_an_error(old: Path, table: str) -> None:
    assert "no collection of Anki" in refusal(in_database(old, sql(f"drop table {table}")))


WRONG = (
    "update col set ver = 99",
    "update col set ver = 18",
    "update col set ver = 'x'",
    "delete from col",
    "update col set models = '['",
    "update col set models = '[]'",
    "update col set models = '{\"1\": 2}'",
    'update col set models = \'{"1": {"id": 1, "name": 5}}\'',
    'update col set models = \'{"1": {"id": 1e99, "name": "x", "flds": [], "tmpls": []}}\'',
    'update col set models = \'{"1": {"id": 1, "name": "x", "flds": 3, "tmpls": []}}\'',
    "update col set decks = x'ff'",
    "update col set conf = '{\"rollover\": []}'",
    "update notes set flds = x'ff'",
    "update notes set tags = x'00'",
    "update notes set mid = 'basic'",
    "update notes set mod = 9e999",
    "update notes set mod = 9223372036854775807",
    "update cards set due = 1e300",
    "update cards set due = 0.5",
    "update cards set ord = -5",
    "update cards set ivl = 'soon'",
    "update cards set data = x'ff'",
    "insert into revlog values (9223372036854775807, 1, 1, 1, 1, 1, 1, 1, 1)",
    "insert into revlog values (1, 'x', 1, 1, 1, 1, 1, 1, 1)",
    "alter table cards rename column due to doe",
    "update notes set flds = cast(x'ff41' as text)",
)


@pytest.mark.parametrize("statement", WRONG)
def test_values_of_a_wrong_type_are_errors(old: Path, statement: str) -> None:
    refusal(in_database(old, sql(statement)))


def test_the_file_may_be_a_link_but_media_that_are_links_are_not_followed(new: Path, tmp_path: Path) -> None:
    learner = Learner(tmp_path / "anki")
    learner.close()
    media = tmp_path / "anki" / "collection.media"
    (media / "secret.png").symlink_to("/etc/passwd")
    (media / "a.png").write_bytes(b"a")
    with open_anki(tmp_path / "anki" / "collection.anki2") as collection:
        assert list(collection.media) == ["a.png"]
    (tmp_path / "link.apkg").symlink_to(new)
    read_all(tmp_path / "link.apkg")


@given(st.data())
def test_random_damage_gives_a_result_or_a_refusal(packages: tuple[bytes, bytes], data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(packages)))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    for _ in range(data.draw(st.integers(0, 8)) if content else 0):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refused(bytes(content))


@given(st.data())
def test_random_damage_inside_a_package_gives_a_result_or_a_refusal(
    packages: tuple[bytes, bytes], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.apkg")
        file.write_bytes(packages[data.draw(st.sampled_from((0, 1)))])
        with zipfile.ZipFile(file) as package:
            member = data.draw(st.sampled_from(package.namelist()))
            member_content = package.read(member)
        is_packed = member_content.startswith(b"\x28\xb5\x2f\xfd")
        content = bytearray(zstd.decompress(member_content) if is_packed else member_content)
        # Half of the changes go where there is something to damage: a database is mostly empty.
        full = [index for index, byte in enumerate(content) if byte] or [0]
        for _ in range(data.draw(st.integers(1, 6)) if content else 0):
            index = data.draw(st.sampled_from(full) | st.integers(0, len(content) - 1))
            content[index] = data.draw(st.integers(0, 255))
        rewritten(file, {member: zstd.compress(bytes(content)) if is_packed else bytes(content)})
        _read_or_refused(file.read_bytes())


def _read_or_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.apkg")
        file.write_bytes(content)
        try:
            read_all(file)
        except DulyError as error:
            assert str(error).startswith(str(file))
