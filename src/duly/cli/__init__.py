"""The command line: runs the command that is typed after ``duly``."""

import sys


def main() -> None:
    """Runs duly. Ctrl-C aborts it with click's message, also while modules are being imported."""
    try:
        _run()
    except KeyboardInterrupt:
        from duly.i18n import _

        print("\n" + _("Aborted!"), file=sys.stderr)
        sys.exit(1)


def _run() -> None:
    """Runs the command; a valid stored answer of ``duly due`` is printed without importing the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    words = sys.argv[1:]
    if words[:1] == ["due"] and _print_stored_answer(words):
        return
    from duly.cli.commands import run

    run(words)


def _print_stored_answer(words: list[str]) -> bool:
    """Prints the stored answer, if there is one. Returns whether it was printed."""
    from duly.cli.due_cache import find_answer

    answer = find_answer(words)
    is_utf8 = (sys.stdout.encoding or "").lower() == "utf-8"
    if answer is None or not (is_utf8 or answer.isascii()):  # click can write what the stream cannot encode
        return False
    try:
        print(answer, flush=True)
    except OSError:  # the command gets the same error, and reports it
        return False
    return True
