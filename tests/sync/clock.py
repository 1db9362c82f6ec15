"""Processes whose clock and zone are set by hand."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build_clock(folder: Path) -> Path:
    """Compiles the clock that is preloaded."""
    library = folder / "clock.so"
    source = Path(__file__).with_suffix(".c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


@dataclass(frozen=True)
class World:
    """Where processes live: a clock that is so much ahead, and a zone."""

    clock: Path
    ahead: timedelta
    zone: str

    def environment(self) -> Mapping[str, str]:
        shift = str(int(self.ahead.total_seconds()))
        return {"LD_PRELOAD": str(self.clock), "CLOCK_SHIFT": shift, "TZ": self.zone}

    def python(self, module: str, *words: object, stdin: str = "", **environment: str) -> str:
        """Runs a module; what it prints. It may end with the status 1, as a sync for which something waits."""
        run = subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            env={**os.environ, **self.environment(), **environment}, input=stdin, capture_output=True, text=True,
            cwd=ROOT, check=False, timeout=120,
        )  # fmt: skip
        assert run.returncode in (0, 1) and "Traceback" not in run.stderr, (words, run.stdout, run.stderr)
        return run.stdout
