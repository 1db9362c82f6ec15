"""First run: ways to get the first cards."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from duly.errors import DulyError
from duly.i18n import _, language, translate
from duly.locations import journal_file
from duly.markup.characters import safe_for_terminal
from duly.markup.terminal.styled_lines import Line, Run
from duly.message import message
from duly.study.collection import Collection
from duly.study.demo import write_demo
from duly.text.paragraphs import paragraph, shorten
from duly.text.tour_text import tour
from duly.tui.app_events import DecksRead
from duly.tui.background_work import BackgroundWork
from duly.tui.keys import bind
from duly.tui.screens.prompt import Prompt
from duly.tui.screens.text_page import TextPage
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.card_view import CardView
from duly.tui.widgets.rows import Rows
from duly.tui.widgets.top_line import TopLine
from duly.work_progress import Watch


class FirstRun(Screen[None]):
    """Offers ways to get cards. It closes when there are cards; if the learner leaves before, the app quits."""

    CSS_PATH = "first_run.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter,space", "take", "Do what is highlighted", "first.take"),
        bind("1", "take(0)", "Make a sample deck", "first.1"),
        bind("2", "take(1)", "Choose a folder with decks", "first.2"),
        bind("3", "take(2)", "Import from Anki or a text", "first.3"),
        bind("4", "take(3)", "Read the tour", "first.4"),
        bind("j,down", "move(1)", "Down", "first.down"),
        bind("k,up", "move(-1)", "Up", "first.up"),
        bind("q,escape", "close", "Leave", "first.close"),
    ]

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.collection = collection
        self.background = BackgroundWork(self, self._say)

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield Rows()
        yield CardView(self.collection.settings.width)
        yield BottomLine()

    def on_mount(self) -> None:
        choices = (
            _("Make a sample deck here: {file}").format(file=self._folder / "demo.yaml"),
            _("Choose a folder that has decks"),
            _("Import from Anki, or a text with questions and answers"),
            _("Read the tour: three minutes"),
        )
        rows = self.query_one(Rows)
        rows.styles.height = len(choices)
        rows.show(len(choices), lambda index, width: Content(shorten(f"{index + 1}  {choices[index]}", width)))
        line = self.query_one(TopLine)
        line.left, line.right = _("There are no cards yet in {folder}.").format(folder=self._folder), "duly"
        self.query_one(BottomLine).keys = (
            ("⏎", _("choose")),
            ("1–4", _("at once")),
            ("?", _("help")),
            ("q", _("quit")),
        )
        self.query_one(CardView).show(self._lines)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.action_take(event.index)

    def on_decks_read(self, _event: DecksRead) -> None:
        self._leave_for_cards()

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_take(self, choice: int | None = None) -> None:
        index = self.query_one(Rows).place if choice is None else choice
        (self._make_demo, self._choose_folder, self._import, self._tour)[index]()

    def action_close(self) -> None:
        if not self.background.cancel():
            self.app.exit()

    @property
    def _folder(self) -> Path:
        return self.collection.decks.paths[0]

    def _lines(self, width: int) -> list[Line]:
        return [
            *paragraph(_("A card is a few lines of YAML in a file ending in .yaml:"), width),
            (Run("  - q: " + _("What does CSR stand for?"), ("code",)),),
            (Run("    a: " + _("Compressed sparse row"), ("code",)),),
            (),
            *paragraph(_("Progress is kept in {file}; your card files stay yours.").format(file=journal_file()), width),
        ]

    def _make_demo(self) -> None:
        def make() -> None:
            write_demo(self._folder if self._folder.suffix == "" else self._folder.parent, language())

        self._try(make)

    def _choose_folder(self) -> None:
        def on_choice(text: str | None) -> None:
            if text is not None:
                self.collection.switch_paths([_existing_path(text)])
                self._leave_or_warn()

        self.app.push_screen(Prompt(_("Folder"), _("The path of a folder with deck files"), _existing_path), on_choice)

    def _import(self) -> None:
        def on_choice(text: str | None) -> None:
            if text is not None:
                file = _existing_path(text)
                self.background.start(lambda watch: import_into(self._folder, file, watch), self._show_import_report)

        help_text = _("The path of an .apkg, .txt, .csv, .tsv or .md file, or of a folder of texts")
        self.app.push_screen(Prompt(_("Import"), help_text, _existing_path), on_choice)

    def _tour(self) -> None:
        self.app.push_screen(TextPage(_("Tour"), tour), lambda _closed: self._leave_for_cards())

    def _show_import_report(self, report: Sequence[str]) -> None:
        """Shows the report of the import, and then the decks."""

        def lines(width: int) -> list[Line]:
            return [line for text in report for line in paragraph(safe_for_terminal(text), width)]

        self.app.push_screen(TextPage(_("Import"), lines), lambda _closed: self._try(lambda: None))

    def _say(self, words: str) -> None:
        self.query_one(BottomLine).message = words

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
            self.collection.reread()
        except DulyError as error:
            self._say(translate(error.message))
        else:
            self._leave_or_warn()

    def _leave_for_cards(self) -> None:
        """Shows the decks if there are cards by now, unless an import is running."""
        if self.collection.decks.cards and self.app.screen is self and not self.background.is_running:
            self.dismiss(None)

    def _leave_or_warn(self) -> None:
        """Shows the decks if there are cards or problems; else says that there are none."""
        if self.collection.decks.cards or self.collection.decks.problems:
            self.dismiss(None)
        else:
            self._say(_("There are no cards in {folder}.").format(folder=self._folder))


def _existing_path(text: str) -> Path:
    """The path in `text`. Raises `DulyError` if it does not exist."""
    path = Path(text.strip()).expanduser()
    if not text.strip() or not path.exists():
        raise DulyError(message("{path}: there is no such file or folder", path=text.strip()))
    return path


def import_into(folder: Path, file: Path, watch: Watch) -> list[str]:
    """Imports a file into the deck files of a folder; returns the report. Raises `DulyError`."""
    from duly.exchange.import_files import check_target, import_file
    from duly.exchange.import_target import ImportTarget
    from duly.text.import_report import event_lines

    target = ImportTarget.read(folder)
    events = (*check_target(target), *import_file(file, target, watch=watch))
    return [line for event in events for line in event_lines(event)]
