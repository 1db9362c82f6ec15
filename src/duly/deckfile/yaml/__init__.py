"""Parsing YAML into nodes with their places, and explaining mistakes in it."""
