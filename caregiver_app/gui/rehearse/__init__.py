"""Trying a reminder out: one comes in ten seconds, was it seen, and what to look at if not."""
