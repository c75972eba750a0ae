"""The calendar on paper: what is printed, with its preview."""
