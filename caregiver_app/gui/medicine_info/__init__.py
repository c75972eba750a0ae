"""The look-up of medicines: what the reference knows of each, in plain words with its sources."""
