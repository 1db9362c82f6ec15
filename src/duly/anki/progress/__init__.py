"""Learning progress in Anki's terms: schedules and review logs, to Anki and from it."""
