"""The Settings page: one page, five groups, and every change applies at once."""
