"""Notes as Anki has them: note types, fields, media, and where an imported note came from."""
