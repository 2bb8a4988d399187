"""Check: one rule, one function, one test."""
