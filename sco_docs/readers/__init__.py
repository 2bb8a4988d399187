"""Readers: one library each; every one gives pages of lines."""
