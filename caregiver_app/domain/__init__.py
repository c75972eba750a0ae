"""Values and rules of care: no Qt, no SQL, no calendar library; time is always an argument."""
