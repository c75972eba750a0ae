"""Caregiver Companion: a notebook, calendar and reminder for infusion days at home."""

__version__ = "0.1.0"
