"""The visit's sheet: one calm place for what belongs to one visit of a plan."""
