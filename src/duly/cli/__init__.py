"""The command line: what is typed after ``duly``, and what comes of it."""

import sys


def main() -> None:
    """Runs duly. What ``duly due`` said last it says again, if that still holds: then nothing else is loaded."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    words = sys.argv[1:]
    if words[:1] == ["due"]:
        from duly.cli.again import says_again

        if says_again(words):
            return
    from duly.cli.commands import run

    run(words)
