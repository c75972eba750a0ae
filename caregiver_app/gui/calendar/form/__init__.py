"""The forms around one appointment: when, how often, how to get there, which dates it is about."""
