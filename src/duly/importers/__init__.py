"""Text from elsewhere, read as notes: one file for each format, chosen in `registry`."""
