"""What the verbs do with single files: bytes or paths in, bytes or records out.

A module for each group of verbs, so that a verb loads no more than it needs.
"""
