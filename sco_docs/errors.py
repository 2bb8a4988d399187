"""What may stop a run. Each class owns its exit code; click owns 1 and 2.

A message is one sentence: the file, the place, and what to do.
"""

from __future__ import annotations


class ScoError(Exception):
    """An impossible run; ``exit_code`` is what the command returns to the shell."""

    exit_code = 1


class ConfigError(ScoError):
    """The configuration (``sco-docs.toml``, a user's table, an option) cannot be used."""

    exit_code = 3


class SourceError(ScoError):
    """A source cannot be read."""

    exit_code = 4


class PasswordError(SourceError):
    """A source asks for a password that was not given or is wrong."""


class MissingBackendError(ScoError):
    """Something that is not installed is needed: the message names the extra or the package."""

    exit_code = 5


class OutputError(ScoError):
    """The result cannot be written."""

    exit_code = 6
