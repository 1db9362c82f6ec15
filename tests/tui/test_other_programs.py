"""Sounds and pictures: what is found on a side of a card, and which programs are started for it."""

import sys
from pathlib import Path

import pytest
from tests.tui.learner import Learner, press, rows, screen, shows

from duly.errors import DulyError
from duly.settings import Settings
from duly.study.decks import read_decks
from duly.tui.card_attachments import Attachments, attachments
from duly.tui.other_programs import open_apart, opener, play_in_turn, player

SOUND = Path("/cards/a.mp3")


def installed(*names: str) -> dict[str, str]:
    return {name: f"/usr/bin/{name}" for name in names}


def test_the_first_player_is_taken_that_is_installed_and_can_play_the_file() -> None:
    assert player(SOUND, installed("ffplay", "mpv").get)[0] == "mpv"
    assert player(SOUND, installed("aplay", "ffplay").get)[0] == "ffplay"
    assert player(Path("/cards/a.WAV"), installed("aplay").get) == ["aplay", "-q", "/cards/a.WAV"]
    with pytest.raises(DulyError, match=r"no player was found for a\.mp3; install mpv or ffmpeg"):
        player(SOUND, installed("aplay").get)


def test_the_desktop_opens_pictures_and_links() -> None:
    assert opener("/cards/a.png", "linux", installed("gio").get) == ["gio", "open", "/cards/a.png"]
    assert opener("https://example.org", "darwin") == ["open", "https://example.org"]
    with pytest.raises(DulyError, match=r"no program was found to open /cards/a\.png; install xdg-utils"):
        opener("/cards/a.png", "linux", installed().get)


async def test_windows_opens_files_by_itself_and_sounds_where_it_has_no_player(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[str] = []
    monkeypatch.setenv("PATH", "")
    await open_apart("https://example.org", lambda: commands.append("opened"), commands.append)
    await play_in_turn([SOUND, SOUND.with_suffix(".ogg")], commands.append)
    assert commands == ["https://example.org", "opened", "/cards/a.mp3", "/cards/a.ogg"]


async def test_a_file_that_windows_cannot_open_is_an_error() -> None:
    def refuse(_target: str) -> None:
        raise OSError(0, "no application is associated")

    with pytest.raises(DulyError, match=r"/cards/a\.png cannot be opened: no application is associated"):
        await open_apart("/cards/a.png", lambda: None, refuse)


@pytest.mark.skipif(sys.platform != "linux", reason="other desktops have one opener, which is no file of ours")
async def test_a_program_that_cannot_be_started_is_told_and_the_app_goes_on(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("mpv", "xdg-open"):
        (tmp_path / name).write_text("#!/no/such/interpreter\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (learner.folder / "q.mp3").write_bytes(b"x")
    (learner.folder / "q.png").write_bytes(b"x")
    learner.writes("- {q: 'One ![](q.mp3) ![](q.png)', a: x}\n")
    async with learner.review() as pilot:
        await press(pilot, "r")
        assert await shows(pilot, "mpv cannot be started: No such file or directory")
        await press(pilot, "o")
        assert await shows(pilot, "xdg-open cannot be started: No such file or directory")
        await press(pilot, "space", "3")
    assert len(learner.grades()) == 1


def attachments_of(folder: Path, yaml: str, *, revealed: bool) -> Attachments:
    (folder / "deck.yaml").write_text(yaml, encoding="utf-8")
    return attachments(read_decks([folder]).cards[0], [folder], revealed=revealed)


def test_each_side_has_its_own_sounds_pictures_and_links(tmp_path: Path) -> None:
    for name in ("q.mp3", "a.ogg", "a.png"):
        (tmp_path / name).write_bytes(b"x")
    yaml = "- {q: 'Hear ![](q.mp3)', a: '![](a.ogg) ![](a.png) [see](https://a.example/?b=1&c=2)', extra: '![](a.png)'}"
    assert attachments_of(tmp_path, yaml, revealed=False) == Attachments((tmp_path / "q.mp3",), ())
    assert attachments_of(tmp_path, yaml, revealed=True) == Attachments(
        (tmp_path / "a.ogg", tmp_path / "q.mp3"), (str(tmp_path / "a.png"), "https://a.example/?b=1&c=2")
    )


def test_nothing_outside_of_the_collection_and_nothing_that_could_run_is_named(tmp_path: Path) -> None:
    inner = tmp_path / "cards"
    inner.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (inner / "evil.desktop").write_bytes(b"x")
    (inner / "deck.yaml").write_text(
        "- {q: '![](evil.desktop) [x](javascript:alert) [y](file:///etc/passwd)', a: '![](../secret.png)'}\n"
    )
    card = read_decks([tmp_path]).cards[0]
    assert attachments(card, [inner], revealed=True) == Attachments((), ())


@pytest.mark.skipif(sys.platform != "linux", reason="other desktops have one opener, which is no file of ours")
async def test_a_sound_is_played_and_ends_with_the_next_card(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("mpv", "xdg-open"):
        (programs / name).write_text(
            f"#!{sys.executable}\n"
            "import pathlib, signal, sys, time\n"
            f"log = pathlib.Path({str(tmp_path / name)!r})\n"
            "def ended(*_): log.write_text(log.read_text() + ' ended'); sys.exit()\n"
            "signal.signal(signal.SIGTERM, ended)\n"
            "log.write_text(sys.argv[-1])\n"
            f"time.sleep({60 if name == 'mpv' else 0})\n"
        )
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    (learner.folder / "q.mp3").write_bytes(b"x")
    (learner.folder / "q.png").write_bytes(b"x")
    learner.writes("- {q: 'One ![](q.mp3) ![](q.png)', a: x}\n- {q: Two, a: x}\n")

    async def until(file: Path, text: str) -> None:
        while not file.exists() or file.read_text() != text:
            await pilot.pause(0.05)

    async with learner.review() as pilot:
        await press(pilot, "r", "o")
        sound_file, picture_file = str(learner.folder.absolute() / "q.mp3"), str(learner.folder.absolute() / "q.png")
        await until(tmp_path / "mpv", sound_file)
        await until(tmp_path / "xdg-open", picture_file)
        await press(pilot, "space", "4")
        assert "Two" in screen(pilot)
        await until(tmp_path / "mpv", sound_file + " ended")
        await press(pilot, "r")
        assert "There is no sound on this side." in rows(pilot)[-1]
        await press(pilot, "o")
        assert "There is no picture and no link on this side." in rows(pilot)[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="players are found otherwise there")
@pytest.mark.parametrize(("play_sounds", "played_files"), [(True, ["q.mp3", "a.ogg"]), (False, [])])
async def test_sounds_play_by_themselves_each_on_its_side(
    play_sounds: bool, played_files: list[str], learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    log.touch()
    (tmp_path / "mpv").write_text(f"#!/bin/sh\nfor last; do :; done\necho ${{last##*/}} >> {log}\n")
    (tmp_path / "mpv").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("q.mp3", "a.ogg"):
        (learner.folder / name).write_bytes(b"x")
    learner.writes("- {q: 'One ![](q.mp3)', a: 'Two ![](a.ogg)'}\n")
    async with learner.review(settings=Settings(play_sounds=play_sounds)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "space")
        await pilot.app.workers.wait_for_complete()
    assert log.read_text().split() == played_files
