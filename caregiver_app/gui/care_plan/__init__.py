"""The Care plan tab."""
