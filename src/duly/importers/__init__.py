"""Imports notes from texts of other programs: one file for each format, listed in `recognise_format`."""
