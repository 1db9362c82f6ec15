"""Packages for Anki: the collection inside, its rows, and the zip file around it."""
