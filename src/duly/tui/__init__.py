"""The quiz on a terminal screen."""
