"""The Today tab: the next infusion, what waits for an answer, the day."""
