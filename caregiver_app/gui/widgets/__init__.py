"""The parts that every page is made of; each takes the `Theme` as its first argument."""
