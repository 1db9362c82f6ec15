"""What can go wrong around us: a circumstance that a person can do something about."""

from duly.message import Message


class DulyError(Exception):
    """A circumstance (a locked file, a full disk, a database from a newer duly), caught once, in the face.

    An author's mistake in a deck file is not an error but a `duly.problem.Problem`.
    """

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said
