"""Text from elsewhere, read as notes."""
