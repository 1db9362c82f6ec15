"""The journal of answers, kept in SQLite."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from duly.journal.journal import Journal
    from duly.journal.page import Page

__all__ = ["Journal", "Page"]


def __getattr__(name: str) -> object:
    """What stands above, loaded when it is asked for: whoever only wants `duly.journal.state` starts faster."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"duly.journal.{name.lower()}"), name)
