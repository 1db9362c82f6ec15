"""What the app loads before its first screen: learners wait for it at each start."""

import subprocess
import sys


def test_the_app_begins_without_what_only_some_keys_need() -> None:
    rooms = ("duly.anki", "duly.importers", "duly.exchange", "duly.sync", "duly.evaluation", "duly.planning")
    later = ("yaml", "comrak", "textual.document", "duly.tui.screens.review", "duly.tui.screens.browse", *rooms)
    code = f"import sys, duly.tui.app; print([name for name in sys.modules if name.startswith({later})])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
