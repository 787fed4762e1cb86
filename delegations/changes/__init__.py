"""What changed: the log, with an entry for each version that says something new."""
