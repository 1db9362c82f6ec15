"""Notes from Anki as notes of duly, with what leads each back to Anki."""
