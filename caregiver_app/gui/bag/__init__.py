"""The bag tab: what to take along, what to do before and after, who drives, and where to."""
