"""Checks of a whole collection: duplicate ids and questions, missing media."""
