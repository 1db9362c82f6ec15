"""A whole collection, taken from one Anki and brought to another: what is equal there, and what is told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import SearchNode
from click.testing import Result
from tests.cli.calling import call
from tests.learner import Learner

DAY = 86_400_000
REGION = "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2:oi=1}}"
GUIDS = "select guid from notes where flds not like '%image-occlusion%' or flds like '%<img%' order by guid"
"""All notes but the one whose picture is missing."""


def run(*arguments: str | Path) -> Result:
    result = call(*arguments)
    assert result.exit_code == 0, result.output
    return result


def lives(learner: Learner) -> None:
    """Some weeks with Anki: every stock note type, answers, a lapse, a filtered deck, cards set aside, media."""
    collection = learner.collection
    for name, content in (("cat 1.png", b"picture"), ("a.mp3", b"sound"), ("unused.png", b"nobody")):
        collection.media.write_data(name, content)
    basic = learner.adds("Basic", "<b>bold</b>?<div>更多</div>", '<img src="cat 1.png">', deck="A::B", tags="x y::z")
    reversed_note = learner.adds("Basic (and reversed card)", "left", "right [sound:a.mp3]", deck="A::B")
    optional_note = learner.adds("Basic (optional reversed card)", "one", "two", "y", deck="A")
    typed_note = learner.adds("Basic (type in the answer)", "capital?", "Lima", deck="Ünï ☃")
    cloze = learner.adds("Cloze", r"{{c1::x}} {{c2::\(y\)}} {{c5::<i>z</i>}}", "extra", deck="A::B::C", tags="x")
    learner.adds("Image Occlusion", REGION, "", "heart")
    covered = learner.adds("Image Occlusion", REGION, '<img src="cat 1.png">', "which <u>part</u>?", deck="A")
    for button in (3, 3, 1, 3, 4):
        for note, number in ((basic, 0), (reversed_note, 1), (cloze, 4), (optional_note, 0), (covered, 0)):
            learner.reviews(note.guid, number, button)
        ages(learner, 9)
    collection.sched.suspend_cards([learner.card(reversed_note.guid, 0).id, learner.card(reversed_note.guid, 1).id])
    collection.sched.bury_cards([learner.card(optional_note.guid, 1).id])
    collection.set_user_flag_for_cards(2, [learner.card(typed_note.guid).id])
    cram = collection.decks.new_filtered("Cram")
    filtered = collection.sched.get_or_create_filtered_deck(cram)
    filtered.config.search_terms[0].search = collection.build_search_string(SearchNode(deck="A::B::C"))
    collection.sched.add_or_update_filtered_deck(filtered)
    assert learner.deck(cloze.guid, 0) == "Cram"


def ages(learner: Learner, days: int) -> None:
    """Lets days pass: all that was learned was so many days ago."""
    assert learner.collection.db is not None
    learner.collection.db.execute("update revlog set id = id - ?", days * DAY)
    learner.collection.db.execute("update cards set due = due - ? where type = 2", days)


def rows(learner: Learner, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in learner.collection.db.execute(query)]  # type: ignore[union-attr]


def due_days(learner: Learner) -> list[tuple[object, ...]]:
    """For each card that was learned the days until it comes back, also while a filtered deck has it."""
    today = learner.collection.sched.today
    query = (
        "select n.guid, c.ord, case when c.odue then c.odue else c.due end from cards c join notes n on n.id = c.nid"
        " where c.type = 2 order by n.guid, c.ord"
    )
    return [(guid, number, due - today) for guid, number, due in rows(learner, query)]  # type: ignore[operator]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Learner]:
    monkeypatch.chdir(tmp_path)
    someone = Learner(tmp_path / "old")
    lives(someone)
    yield someone
    someone.close()


@pytest.fixture
def new(old: Learner, tmp_path: Path) -> Iterator[Learner]:
    """Another Anki, to which everything was brought by way of the deck files."""
    run("import", old.packs(tmp_path / "all.apkg"), "--to", "cards", "--progress", "--keep-due")
    run("check", "cards")
    run("export", "cards", "--progress", "-o", "out.apkg")
    someone = Learner(tmp_path / "new")
    someone.imports(tmp_path / "out.apkg", progress=True)
    yield someone
    someone.close()


def test_fields_tags_decks_cards_due_days_and_answers_are_equal(old: Learner, new: Learner) -> None:
    assert rows(new, GUIDS) == rows(old, GUIDS)
    for (guid,) in rows(old, GUIDS):
        new_note, old_note = new.note(str(guid)), old.note(str(guid))
        assert new_note.fields == old_note.fields
        assert new_note.tags == old_note.tags
        assert [card.ord for card in new_note.cards()] == [card.ord for card in old_note.cards()]
        for card, old_card in zip(new_note.cards(), old_note.cards(), strict=True):
            assert new.collection.decks.name(card.did) == old.collection.decks.name(old_card.odid or old_card.did)
            assert (card.queue == -1) == (old_card.queue == -1)
            assert (card.type == 0) == (old_card.type == 0)
    assert due_days(new) == due_days(old)
    assert len(due_days(new)) == 5
    answers = (
        "select r.id, n.guid, c.ord, r.ease from revlog r join cards c on c.id = r.cid join notes n on n.id = c.nid"
        " where r.ease > 0 order by r.id"
    )
    assert rows(new, answers) == rows(old, answers)
    assert len(rows(new, answers)) == 25
    assert {name for name in ("cat 1.png", "a.mp3") if new.collection.media.have(name)} == {"cat 1.png", "a.mp3"}
    new.assert_sound()


def test_losses_of_an_import_are_listed_in_its_json(old: Learner, tmp_path: Path) -> None:
    package = old.packs_collection(tmp_path / "all.colpkg")
    report = json.loads(run("import", package, "--to", "cards", "--json").stdout)
    losses = {loss["kind"]: loss["cases"] for loss in report["not_carried"]}
    assert losses.keys() == {
        "image-occlusion", "look", "unused-media", "filtered-decks", "flags", "suspended", "progress",
    }  # fmt: skip
    assert losses["image-occlusion"] == ["heart"]
    assert losses["unused-media"] == ["unused.png"]
    assert losses["filtered-decks"] == ["Cram"]
    assert losses["flags"] == ["capital? (1)"]
    assert len(losses["suspended"]) == 3


def test_the_old_anki_knows_every_note_again(old: Learner, new: Learner, tmp_path: Path) -> None:
    before = rows(old, "select guid, mid, flds, tags from notes order by guid")
    schedule = rows(old, "select id, nid, did, odid, ord, type, queue, due, odue, ivl from cards order by id")
    assert old.imports(tmp_path / "out.apkg") == {"duplicate": 6}
    assert rows(old, "select guid, mid, flds, tags from notes order by guid") == before
    assert rows(old, "select id, nid, did, odid, ord, type, queue, due, odue, ivl from cards order by id") == schedule
    assert new.collection.note_count() == 6
