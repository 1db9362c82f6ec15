"""Packages and collections made by a real Anki, read back in each of their generations."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from tests.learner import Learner

from duly.anki.raw_rows import RawDeck, RawField, RawTemplate, RawType
from duly.anki.read.open_anki import RawCollection, is_from_anki, open_anki
from duly.errors import DulyError

STOCK = {
    "Basic",
    "Basic (and reversed card)",
    "Basic (optional reversed card)",
    "Basic (type in the answer)",
    "Cloze",
    "Image Occlusion",
}


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """Somebody whose Anki holds a bit of everything."""
    learner = Learner(tmp_path_factory.mktemp("owner") / "anki")
    collection = learner.collection
    learner.adds("Basic", "<b>q</b> 问", '<img src="图.png">', deck="语言::中文", tags="a::b c")
    learner.adds("Basic (and reversed card)", "left", "right")
    learner.adds("Basic (optional reversed card)", "one", "two", "y")
    learner.adds("Basic (type in the answer)", "typed", "answer")
    learner.adds("Cloze", "{{c1::x}} and {{c3::y}}", "extra")
    learner.adds("Image Occlusion", "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}", "", "head")
    collection.media.write_data("图.png", b"picture")
    collection.media.write_data("a.mp3", b"sound" * 100_000)
    guid = collection.db.scalar("select guid from notes order by id limit 1")  # type: ignore[union-attr]
    learner.reviews(guid)
    collection.sched.suspend_cards([learner.card(guid).id])
    filtered = collection.decks.new_filtered("Cram")
    collection.sched.rebuild_filtered_deck(filtered)
    yield learner
    learner.close()


def as_apkg(owner: Learner, folder: Path) -> Path:
    return owner.packs(folder / "new.apkg")


def as_legacy_apkg(owner: Learner, folder: Path) -> Path:
    return owner.packs(folder / "old.apkg", legacy=True)


def as_colpkg(owner: Learner, folder: Path) -> Path:
    return owner.packs_collection(folder / "new.colpkg")


def as_legacy_colpkg(owner: Learner, folder: Path) -> Path:
    return owner.packs_collection(folder / "old.colpkg", legacy=True)


def as_profile(owner: Learner, folder: Path) -> Path:
    """The file itself, while Anki has it open."""
    del folder
    return Path(owner.collection.path)


def as_old_profile(owner: Learner, folder: Path) -> Path:
    """A profile closed so that an Anki of 2020 can open it."""
    owner.collection.close(downgrade=True)
    shutil.copy(owner.collection.path, folder / "collection.anki2")
    shutil.copytree(owner.collection.media.dir(), folder / "collection.media")
    owner.collection.reopen()
    return folder / "collection.anki2"


def as_oldest_apkg(owner: Learner, folder: Path) -> Path:
    """A package as Anki wrote it before 2018: no ``meta``, and ``collection.anki2`` is the collection."""
    import zipfile

    with zipfile.ZipFile(as_legacy_apkg(owner, folder)) as old, zipfile.ZipFile(folder / "oldest.apkg", "w") as oldest:
        for name in set(old.namelist()) - {"meta", "collection.anki2"}:
            oldest.writestr("collection.anki2" if name == "collection.anki21" else name, old.read(name))
    return folder / "oldest.apkg"


ELSEWHERE = {"id", "name", "mod", "css", "qfmt", "afmt", "flds", "tmpls", "ord", "req", "type", "usn"}
"""What Anki's JSON tells of a note type that is no part of `config`: it has a place of its own, or is worked out."""

FORMS = (as_apkg, as_legacy_apkg, as_colpkg, as_legacy_colpkg, as_profile, as_old_profile, as_oldest_apkg)
Form = Callable[[Learner, Path], Path]


@pytest.fixture(params=FORMS, ids=lambda form: form.__name__.removeprefix("as_"))
def file(request: pytest.FixtureRequest, owner: Learner, tmp_path: Path) -> Path:
    form: Form = request.param
    return form(owner, tmp_path)


def in_anki(owner: Learner, query: str) -> list[tuple[object, ...]]:
    """The rows that Anki itself reads."""
    return [tuple(row) for row in owner.collection.db.execute(query)]  # type: ignore[union-attr]


def test_every_generation_reads_as_anki_reads_it(owner: Learner, file: Path) -> None:
    assert is_from_anki(file)
    with open_anki(file) as collection:
        assert [(note.id, note.guid, note.type, note.mod, " ".join(note.tags), "\x1f".join(note.fields))
                for note in collection.notes()] == [
            (*row[:4], str(row[4]).strip(), row[5])
            for row in in_anki(owner, "select id, guid, mid, mod, tags, flds from notes order by id")
        ]  # fmt: skip
        assert [(card.id, card.note, card.deck, card.ord, card.type, card.queue, card.due, card.interval, card.factor,
                 card.reps, card.lapses, card.home_due, card.home_deck, card.flags)
                for card in collection.cards()] == in_anki(owner,
            "select id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, odue, odid, flags from cards"
            " order by nid, ord",
        )  # fmt: skip
        assert [(review.id, review.card, review.ease, review.interval, review.last_interval, review.factor,
                 review.milliseconds, review.type)
                for review in collection.reviews()] == in_anki(owner,
            "select id, cid, ease, ivl, lastIvl, factor, time, type from revlog order by id",
        )  # fmt: skip
        assert sum(1 for _ in collection.reviews()) == 1
        _assert_types(owner, collection)
        assert {deck.name for deck in collection.decks.values()} >= {"Default", "语言", "语言::中文", "Cram"}
        assert [deck for deck in collection.decks.values() if deck.is_filtered] == [
            RawDeck(owner.collection.decks.id_for_name("Cram"), "Cram", is_filtered=True)  # type: ignore[arg-type]
        ]
        assert collection.settings.created == in_anki(owner, "select crt from col")[0][0]
        assert (collection.settings.creation_offset, collection.settings.rollover, collection.settings.scheduler) == (
            owner.collection.conf["creationOffset"], 4, 2,
        )  # fmt: skip


def _assert_types(owner: Learner, collection: RawCollection) -> None:
    assert {kind.name for kind in collection.note_types.values()} == STOCK
    for kind in collection.note_types.values():
        theirs = owner.collection.models.get(kind.id)  # type: ignore[arg-type]
        assert theirs is not None
        assert (kind.name, kind.mod, kind.is_cloze, kind.css) == (
            theirs["name"], theirs["mod"], theirs["type"] == 1, theirs["css"],
        )  # fmt: skip
        assert [field.name for field in kind.fields] == [field["name"] for field in theirs["flds"]]
        assert [(template.name, template.front, template.back) for template in kind.templates] == [
            (template["name"], template["qfmt"], template["afmt"]) for template in theirs["tmpls"]
        ]
        pairs: list[tuple[RawType | RawField | RawTemplate, Mapping[str, object]]] = [
            (kind, theirs),
            *zip(kind.fields, theirs["flds"], strict=True),
            *zip(kind.templates, theirs["tmpls"], strict=True),
        ]
        for ours, their_config in pairs:
            filled = {key: value for key, value in their_config.items() if value}
            assert {key: value for key, value in ours.config.items() if value}.items() <= filled.items()
            assert filled.keys() - ours.config.keys() <= ELSEWHERE


def test_media_come_with_their_names_and_content(owner: Learner, file: Path) -> None:
    del owner
    with open_anki(file) as collection:
        content = {name: b"".join(media.blocks()) for name, media in collection.media.items()}
    # An export of notes takes only what they show; that of a collection takes everything.
    assert content["图.png"] == b"picture"
    assert content.get("a.mp3", b"sound" * 100_000) == b"sound" * 100_000
    assert collection.refused_media == ()


def test_a_collection_that_is_open_in_anki_is_read_with_its_write_ahead_log(tmp_path: Path) -> None:
    file = tmp_path / "collection.anki2"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        with closing(sqlite3.connect(_saved(tmp_path))) as saved:
            saved.backup(connection)
        connection.execute("pragma journal_mode = wal")
        connection.execute(
            "insert into notes select 5, 'fresh', mid, mod, usn, tags, flds, sfld, csum, flags, data from notes"
        )
        before = {path.name: path.read_bytes() for path in tmp_path.glob("collection.anki2*")}
        with open_anki(file) as collection:
            assert "fresh" in [note.guid for note in collection.notes()]
        assert before == {path.name: path.read_bytes() for path in tmp_path.glob("collection.anki2*")}
        assert before.keys() == {"collection.anki2", "collection.anki2-wal", "collection.anki2-shm"}


def _saved(folder: Path) -> Path:
    learner = Learner(folder / "anki")
    learner.adds("Basic", "q", "a")
    learner.collection.close(downgrade=True)
    return Path(learner.collection.path)


def test_integers_that_old_clients_wrote_as_text_or_fraction_are_read(tmp_path: Path) -> None:
    file = _saved(tmp_path)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("update cards set factor = 2500.0, ivl = 3.0")
        (models,) = database.execute("select models from col").fetchone()
        texts = {key: model | {"id": key} for key, model in json.loads(models).items()}
        database.execute("update col set models = ?", (json.dumps(texts),))
    with open_anki(file) as collection:
        assert [(card.factor, card.interval) for card in collection.cards()] == [(2500, 3)]
        assert {note.type for note in collection.notes()} <= collection.note_types.keys()


@pytest.mark.parametrize(("name", "content"), [("a.apkg", b""), ("a.colpkg", b"PK\x03\x04"), ("a.anki2", b"x" * 100)])
def test_a_file_that_only_its_name_makes_a_package_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert is_from_anki(tmp_path / name)
    with pytest.raises(DulyError, match=name), open_anki(tmp_path / name):
        pass


def test_a_text_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Q: PK?\nA: no", encoding="utf-8")
    assert not is_from_anki(tmp_path / "a.txt")
