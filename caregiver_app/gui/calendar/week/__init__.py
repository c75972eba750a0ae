"""The week: a grid of hours, its blocks, and hands and keys on them."""
