"""What the days until an exam will cost, and how many cards will be known then: the learner, simulated."""
