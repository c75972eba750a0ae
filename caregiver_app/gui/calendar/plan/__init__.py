"""The forms around a therapy plan: entering it, and moving one of its visits."""
