"""Writing deck files: new notes, ids and changed values; every other byte stays as it was."""
