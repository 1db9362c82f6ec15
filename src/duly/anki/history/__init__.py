"""What was exported before: what has changed since, was moved or removed."""
