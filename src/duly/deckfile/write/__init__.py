"""Writing deck files: new notes, ids and changed values; all other bytes stay unchanged."""
