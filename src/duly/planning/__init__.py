"""Plans for an exam, by simulation: the workload until then, and how many cards will be known."""
