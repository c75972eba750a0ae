"""Calendar files that come in: reading with a cancel, a preview to choose from, taking it in."""
