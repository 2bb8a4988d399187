"""Checks of a TEI file that a person can act on: grammar, pointers, links, ids, languages, pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from functools import cache
from importlib.resources import files

from lxml import etree

from sco_docs.errors import ConfigError
from sco_docs.model import Place, Problem

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RNG = "{http://relaxng.org/ns/structure/1.0}"

_POINTERS = ("corresp", "target", "ref", "resp", "ana", "facs", "wit", "domains")
_MUTUAL = {"div", "seg", "head", "argument", "closer", "dateline", "witness"}
_RANGE = re.compile(r"#string-range\(([^,()]+),(\d+),(\d+)\)")
_LANGUAGE = re.compile(
    r"(?i:[a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(?i:-[a-z]{4})?(?i:-([a-z]{2}|\d{3}))?"
    r"(?i:-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?i:-[a-wyz0-9](-[a-z0-9]{2,8})+)*(?i:-x(-[a-z0-9]{1,8})+)?|(?i:x(-[a-z0-9]{1,8})+)"
)
"""``langtag`` and ``privateuse`` of RFC 5646, section 2.1."""

Rule = Callable[[etree._Element], Iterator[Problem]]


def check_tei(
    root: etree._Element, schema: etree.RelaxNG | None = None, beside: Collection[str] | None = None
) -> tuple[Problem, ...]:
    """Return what is wrong with a TEI file, given as its root; most severe rules first.

    ``schema`` is one more grammar to validate against (``load_schema``), ``beside`` the names of the files that
    stand beside this one, for pointers to them.
    """
    found = [problem for rule in RULES for problem in rule(root)]
    if beside is not None:
        found += pointers_to_files(root, beside)
    if schema is not None:
        found += _validate(root, schema, "the schema that was given")
    return tuple(found)


def load_schema(content: bytes, name: str) -> etree.RelaxNG:
    """Return a RELAX NG grammar (XML syntax), such as the official ``tei_all.rng``. Raises ``ConfigError``."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.RelaxNG(etree.fromstring(content, parser))
    except (etree.XMLSyntaxError, etree.RelaxNGParseError, ValueError) as error:
        raise ConfigError(f"{name}: is not a RELAX NG grammar in XML ({error}); use the .rng file.") from error


def grammar(root: etree._Element) -> Iterator[Problem]:
    """The file is as strict as this project writes it (``data/treaty.rng``, a subset of TEI)."""
    start = "agreement" if root.find(f".//{TEI}div[@type='version']") is not None else "thesis"
    if not _own_grammar(start).validate(root):
        part, pattern = _smallest_fault(root) or (root, start)
        yield from _validate(part, _own_grammar(pattern), "the grammar of this project")


_PARTS = {
    ("div", "article"): "division",
    ("div", "item"): "division",
    ("div", "preamble"): "plainUnit",
    ("div", "closing"): "plainUnit",
    ("seg", "s"): "segment",
    ("closer", None): "closer",
    ("choice", None): "choice",
    ("linkGrp", "alignment"): "linkGrp",
    ("listApp", "variants"): "listApp",
    ("note", "editorial"): "editorial",
    ("biblStruct", "thesis"): "sourceBibl",
    ("table", None): "table",
    ("figure", None): "figure",
}
"""Element and type → the pattern of the grammar that it follows wherever it stands."""


def _smallest_fault(root: etree._Element) -> tuple[etree._Element, str] | None:
    """Return the innermost part that does not follow its own pattern: there the message is to the point."""
    for element in reversed(list(root.iter(f"{TEI}*"))):
        pattern = _PARTS.get((_name(element), element.get("type")))
        listed = pattern == "choice" and element.get("n", "continued") != "continued"
        if pattern and not listed and not _own_grammar(pattern).validate(element):
            return element, pattern
    return None


@cache
def _own_grammar(start: str) -> etree.RelaxNG:
    """Return the shipped grammar for one kind of file or part."""
    tree = deepcopy(etree.fromstring(files("sco_docs.data").joinpath("treaty.rng").read_bytes()))
    element = tree.find(f"{RNG}start")
    if element is None:
        raise ConfigError("data/treaty.rng: has no start; install the package again.")
    for child in list(element):
        element.remove(child)
    etree.SubElement(element, f"{RNG}ref", {"name": start})
    return etree.RelaxNG(tree)


def _validate(root: etree._Element, schema: etree.RelaxNG, whose: str) -> Iterator[Problem]:
    if schema.validate(root):
        return
    errors = list(schema.error_log)
    last = max(error.line for error in errors)
    element = _at_line(root, last)
    cause = "; ".join(dict.fromkeys(error.message for error in errors if error.line == last))
    message = f"{where(element)}: does not follow {whose}: {cause}."
    yield _problem("tei-invalid", message, element, f"line {last}", "Correct the element or its attributes there.")


def _at_line(root: etree._Element, line: int) -> etree._Element:
    """Return the last element that starts at or before a line."""
    found = root
    for element in root.iter(f"{TEI}*"):
        if isinstance(element.sourceline, int) and element.sourceline > line:
            break
        found = element
    return found


def unique_ids(root: etree._Element) -> Iterator[Problem]:
    """Every ``xml:id`` is there once."""
    counted = Counter(element.get(ID) for element in root.iter(f"{TEI}*") if element.get(ID))
    for ident, count in counted.items():
        if count > 1:
            element = next(e for e in root.iter(f"{TEI}*") if e.get(ID) == ident)
            message = f"{where(element)}: the id {ident} is there {count} times."
            yield _problem("tei-id-twice", message, element, str(ident), "Give each element its own id.")


def pointers_resolve(root: etree._Element) -> Iterator[Problem]:
    """Every pointer into the file has a target; one to words lies within its segment."""
    ids = {element.get(ID, ""): element for element in root.iter(f"{TEI}*") if element.get(ID)}
    for element in root.iter(f"{TEI}*"):
        for name in _POINTERS:
            for pointer in element.get(name, "").split():
                if pointer.startswith("#"):
                    yield from _resolve(element, name, pointer, ids)


def _resolve(element: etree._Element, name: str, pointer: str, ids: dict[str, etree._Element]) -> Iterator[Problem]:
    words = _RANGE.fullmatch(pointer)
    target = ids.get(words[1] if words else pointer[1:])
    if target is None:
        message = f"{where(element)}: {name} points to {pointer}, which is not in the file."
        yield _problem("tei-pointer", message, element, pointer, "Correct the pointer or restore its target.")
    elif words and int(words[2]) + int(words[3]) > len(reading(target)):
        message = f"{where(element)}: {name} points past the end of {words[1]}."
        yield _problem("tei-pointer", message, element, pointer, "Correct the offset and length.")


def reading(element: etree._Element) -> str:
    """Return the text that is read: of choices ``reg`` and ``sic``, without notes and running heads."""
    parts = [element.text or ""]
    for child in element:
        name = _name(child)
        if name not in ("note", "fw", "orig", "corr", "rdg"):
            parts.append(reading(child))
        parts.append(child.tail or "")
    return "".join(parts)


def mutual_links(root: etree._Element) -> Iterator[Problem]:
    """What corresponds to something is what that corresponds to."""
    linked = {
        element.get(ID, ""): element.get("corresp", "").split()
        for element in root.iter(f"{TEI}*")
        if element.get(ID) and _name(element) in _MUTUAL
    }
    for element in root.iter(f"{TEI}*"):
        ident = element.get(ID, "")
        for pointer in linked.get(ident, ()):
            back = linked.get(pointer[1:])
            if back is not None and f"#{ident}" not in back:
                message = f"{where(element)}: {ident} corresponds to {pointer[1:]}, which does not point back."
                yield _problem("tei-one-way", message, element, pointer, "Add the pointer back, or remove this one.")


def languages(root: etree._Element) -> Iterator[Problem]:
    """Language tags are well formed (RFC 5646, 2.1), and those of the text are declared."""
    declared = {element.get("ident") for element in root.iter(f"{TEI}language")}
    seen: set[str] = set()
    for element in root.iter(f"{TEI}*"):
        for tag in (element.get(LANG), element.get("ident") if _name(element) == "language" else None):
            if tag is not None and tag not in seen and not _LANGUAGE.fullmatch(tag):
                message = f"{where(element)}: {tag!r} is not a language tag."
                yield _problem("tei-language", message, element, tag, "Write it like zh-Hant or en.")
            seen.add(tag or "")
        tag = element.get(LANG)
        if _name(element) == "div" and element.get("type") == "version" and tag not in declared:
            message = f"{where(element)}: the language {tag} is not declared in langUsage."
            yield _problem("tei-language", message, element, tag or "", "Declare it in the header.")


def pages_in_order(root: etree._Element) -> Iterator[Problem]:
    """In each version, and in the thesis, pages follow one another."""
    versions = root.findall(f".//{TEI}div[@type='version']") or root.findall(f"{TEI}text")
    for version in versions:
        last = 0
        for element in version.iter(f"{TEI}pb"):
            page = page_number(element)
            if page < last:
                message = f"{where(element)}: page {page} comes after page {last}."
                yield _problem("tei-pages", message, element, element.get("facs", ""), "Look at the order of the text.")
            last = max(last, page)


def pointers_to_files(root: etree._Element, beside: Collection[str]) -> Iterator[Problem]:
    """A pointer to another file names one that is there."""
    for element in root.iter(f"{TEI}ptr", f"{TEI}ref", f"{TEI}relatedItem"):
        for pointer in element.get("target", "").split():
            file = pointer.partition("#")[0]
            if file and "/" not in file and ":" not in file and file not in beside:
                message = f"{where(element)}: points to the file {file}, which is not there."
                yield _problem("tei-file", message, element, pointer, "Build the edition again.")


def page_number(element: etree._Element) -> int:
    """Return the page of the source that ``@facs`` points to, 0 if none."""
    digits = re.search(r"p(\d+)$", element.get("facs", ""))
    return int(digits[1]) if digits else 0


def where(element: etree._Element) -> str:
    """Return in plain words where an element stands: version, part and line of the file."""
    chain = [element, *element.iterancestors()]
    unit = next((e.get("n") for e in chain if _name(e) == "div" and e.get("type") in ("article", "item")), None)
    part = next((e.get("type") for e in chain if _name(e) == "div" and e.get("type")), None)
    version = next((e.get("n") for e in chain if e.get("type") == "version"), None)
    words = [f"version {version}"] if version else []
    words += [f"article {unit}"] if unit else [f"{part}"] if part and part != "version" else []
    return ", ".join([*words, f"line {element.sourceline}"])


def _place(element: etree._Element) -> Place | None:
    """Return the page that an element stands on."""
    chain = [element, *element.iterancestors()]
    version = next((e for e in chain if e.get("type") == "version"), None)
    if version is None:
        return None
    page = 0
    for step in version.iter(f"{TEI}pb", element.tag):
        if _name(step) == "pb":
            page = page_number(step)
        if step is element:
            break
    return Place(page) if page else None


def _problem(code: str, message: str, element: etree._Element, evidence: str, advice: str) -> Problem:
    return Problem(code, "error", message[0].upper() + message[1:], _place(element), evidence, advice)


def _name(element: etree._Element) -> str:
    name = element.tag
    return name.removeprefix(TEI) if isinstance(name, str) else ""


RULES: tuple[Rule, ...] = (grammar, unique_ids, pointers_resolve, mutual_links, languages, pages_in_order)
