"""Search over everything that is kept and looked up."""
