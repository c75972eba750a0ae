"""The first steps of a family that has just started the program."""
