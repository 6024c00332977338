"""What is due when: pure functions from the dates in a case. Nothing that follows from a date is stored beside it."""
