"""What was given: writing it down, and looking back over it."""
