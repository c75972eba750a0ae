"""The side-effects tab: what is seen, how urgent it is, what was written down."""
