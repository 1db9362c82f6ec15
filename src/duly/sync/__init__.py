"""Syncing what was learned: the journals of other computers, Anki on this computer, and a sync server."""
