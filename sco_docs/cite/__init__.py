"""Cite: the reference list, citations in the text, the register of agreements, keys."""
