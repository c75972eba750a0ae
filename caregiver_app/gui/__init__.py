"""The window: a folder a tab, each with a model (what) and a view (how); `tokens` is the look."""

from caregiver_app.gui import toolkit as toolkit
