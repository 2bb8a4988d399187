"""Align versions unit by unit; collate witnesses of one language."""
