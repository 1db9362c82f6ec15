"""The history of exports: which notes are new, changed, moved or removed since."""
