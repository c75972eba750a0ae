"""The emergency page: whom to call, what to read out, what to do; it asks for nothing first."""
