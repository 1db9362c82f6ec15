"""Imports again in several versions of Anki, each in an environment of its own; writes what was seen into the docs.

    python tests/anki/versions.py            # 23.10.1, 24.11, 25.9.4 and 26.9.3
    python tests/anki/versions.py 25.2.7     # another: one more column in docs/anki.md

The environments stay in the folder that it names, for the next time; remove it when you like.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSIONS = ("23.10.1", "24.11", "25.9.4", "26.9.3")
TOOLS = ("pytest", "pytest-asyncio", "hypothesis")
TESTS = (
    "tests/anki/test_import.py",
    "tests/anki/test_occlusion.py",
    "tests/anki/test_reimport.py",
    "tests/anki/test_several_cards.py",
    "tests/anki/history/test_dates_beside_decks.py",
    "tests/anki/history/test_removed.py",
    "tests/anki/progress/test_to_anki.py",
    "tests/anki/progress/test_from_anki.py",
    "tests/cli/test_import_progress.py",
)


def python_with(version: str, folder: Path) -> str:
    """The interpreter of an environment that has duly, as it stands here, and this Anki."""
    environment = folder / version
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(environment, with_pip=True)
    install: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--editable", ROOT, f"anki=={version}", *TOOLS], check=True)
    return str(python)


def main(versions: tuple[str, ...]) -> int:
    sys.path.insert(0, str(ROOT))
    from tests.anki.reimport_table import document, table_cells, tables_in_document

    folder = Path(tempfile.gettempdir()) / "duly-anki-versions"
    print(f"environments in {folder}")
    seen = dict(tables_in_document())
    failed = []
    for version in versions:
        python = python_with(version, folder)
        run = subprocess.run([python, "-m", "tests.anki.reimport_seen"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        seen[version] = table_cells(json.loads(run.stdout.splitlines()[-1]))
        print(
            f"Anki {version}: {sum(cell == '✓' for cell in seen[version].values())} of {len(seen[version])} as expected"
        )
        tests = subprocess.run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS], cwd=ROOT, check=False)
        if tests.returncode:
            failed.append(version)
    document({name: seen[name] for name in sorted(seen, key=lambda name: [*map(int, name.split("."))])})
    print(f"tests failed with {', '.join(failed)}" if failed else "tests passed with every version")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or VERSIONS))
