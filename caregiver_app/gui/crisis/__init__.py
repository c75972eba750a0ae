"""The crisis panel: whom to call when somebody is in danger, and what to do until then."""
