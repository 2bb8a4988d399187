"""The reading edition: pages of HTML that open from a folder, without a server and without a network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from sco_docs import __version__
from sco_docs.model import Edition, Problem, Severity
from sco_docs.writers import figures, tables
from sco_docs.writers.markup import legal
from sco_docs.writers.web_views import agreement_view, contents

TEMPLATES = "sco_docs.templates"
ASSETS = ("style.css", "reader.js")
_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(TEMPLATES, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["version"] = __version__
    environment.finalize = lambda value: legal(value) if type(value) is str else value
    return environment


def _render(template: str, **values: object) -> bytes:
    return _environment().get_template(template).render(**values).encode("utf-8", "replace")


def pages(edition: Edition) -> tuple[tuple[str, bytes], ...]:
    """Return every file of the reading edition as (relative path, bytes): index, agreements, report, assets."""
    views = [agreement_view(edition, item) for item in edition.agreements]
    index = _render(
        "index.html",
        edition=edition,
        agreements=views,
        printed={view.n: view.stem for view in views},
        tables=tables.names(edition),
        figures=[(name, figure) for name, figure in figures.pictures(edition) if figure.caption],
        counts=_counts(edition),
    )
    found = [("index.html", index)]
    for number, (view, item) in enumerate(zip(views, edition.agreements, strict=True)):
        around = {
            "before": views[number - 1] if number else None,
            "after": views[number + 1] if number + 1 < len(views) else None,
        }
        base = item.versions[0]
        listed = contents(base.agreement.body, base.siglum)
        page = _render("agreement.html", edition=edition, agreement=view, contents=listed, **around)
        found.append((f"agreements/{view.stem}.html", page))
    report = _render("report.html", edition=edition, groups=_groups(edition.problems), counts=_counts(edition))
    found.append(("report.html", report))
    assets = files(TEMPLATES).joinpath("assets")
    return (*found, *((f"assets/{name}", assets.joinpath(name).read_bytes()) for name in ASSETS))


def _counts(edition: Edition) -> dict[Severity, int]:
    severities = [problem.severity for problem in edition.problems]
    return {severity: severities.count(severity) for severity in _ORDER}


def _groups(problems: Iterable[Problem]) -> list[tuple[Severity, str, list[Problem]]]:
    """Return the problems by severity and code, most severe first; within a code in the order of the pages."""
    groups: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in sorted(problems, key=_severity_and_place):
        groups.setdefault((problem.severity, problem.code), []).append(problem)
    return [(severity, code, found) for (severity, code), found in groups.items()]


def _severity_and_place(problem: Problem) -> tuple[int, int, int, str]:
    place = problem.place
    return _ORDER[problem.severity], place.page if place else 0, place.line if place else 0, problem.code
