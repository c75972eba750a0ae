"""The parts of `look/LOOK.md`; each takes the `Theme` as its first argument."""
