"""What of the calendar goes out as a file: once, or kept up to date."""
