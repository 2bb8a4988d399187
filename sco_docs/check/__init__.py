"""Checks: one rule, one function, one test: edition → problems."""

from __future__ import annotations

from dataclasses import replace

from sco_docs.check.agreements import AGREEMENT_RULES
from sco_docs.check.characters import forbidden_characters
from sco_docs.check.versions import ITEM_RULES
from sco_docs.model import Edition, Problem


def check(edition: Edition) -> tuple[Problem, ...]:
    """Return what every rule finds in an edition, agreement by agreement in the order of the source."""
    found: list[Problem] = list(forbidden_characters(edition))
    seen: set[str] = set()
    for item in edition.agreements:
        for version in item.versions:
            if version.derived_from is None:
                problems = [problem for rule in AGREEMENT_RULES for problem in rule(version.agreement)]
                own = version.source == edition.source.name
                found += problems if own else [replace(p, message=f"{version.source}: {p.message}") for p in problems]
        found += [problem for rule in ITEM_RULES for problem in rule(item)]
        ident = item.versions[0].agreement.id
        if ident in seen:
            found.append(Problem("id-twice", "error", f"Two agreements have the id {ident}.", advice="Report this."))
        seen.add(ident)
    return tuple(found)


__all__ = ["check"]
