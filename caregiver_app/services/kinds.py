"""The words for what is kept, as the command line takes them."""

from __future__ import annotations

LISTED = (
    "appointments",
    "notes",
    "plans",
    "side-effects",
    "checkins",
    "photos",
    "own-signs",
    "sign-choices",
    "clinic-calls",
    "people",
    "contacts",
    "medicines",
    "doses",
    "blocked-days",
    "authorisations",
    "calls",
    "costs",
    "assistance",
    "infusion-records",
    "visit-answers",
    "bags",
    "questions",
    "card-choices",
    "outlets",
    "company",
    "help-tasks",
    "reminders",
)
"""The words that `list` takes."""
