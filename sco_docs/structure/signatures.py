"""Who signs: the lines at the end of a document, read as parties, capacities, names and marks.

The block may stand in one column, in two or more side by side, or as rows of party and name; a name may come before or
after whom it speaks for. What a line does not say stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sco_docs.chinese.texts import join_texts, place_at, plain
from sco_docs.data import table
from sco_docs.model import Place, Signatory, Text
from sco_docs.structure.shapes import is_han

CellKind = Literal["party", "name", "mark"]
_NOWHERE = Place(0)
_SPACES = re.compile(r"\t|[ \u00a0]{2,}|\u3000+")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{1,4}(?:\s?[·‧•・．.]\s?[\u3400-\u9fff]{1,10})*$|[\u3400-\u9fff]{2,12}$")
_LONGEST_NAME = 20
_WESTERN_NAME = re.compile(r"(?:(?:[A-ZА-ЯЁ][\w'’.-]*|de|van|von|der|al|bin|ibn|el|la)\s*){1,6}$")


@dataclass(frozen=True, slots=True)
class _Cell:
    kind: CellKind
    place: Place
    party: str | None = None
    capacity: str | None = None
    name: str | None = None
    mark: str | None = None


@cache
def _words(kind: str, *languages: str) -> re.Pattern[str]:
    found = [row["word"] for row in table("signature_words")
             if row["kind"] == kind and (not languages or row["language"] in languages)]
    return re.compile("|".join(sorted(found, key=len, reverse=True)))


def cells_of(line: Text, given: Sequence[Text] = (), columns: int = 1) -> tuple[Text, ...]:
    """Return the parts of a line that stand in columns: ``given`` by the layout, or parted by tabs, wide gaps, or, in
    Chinese, a single blank between a party and a name, or between as many parts as the line above had ``columns``."""
    if len(given) > 1:
        return _close(given, columns)
    parts = _close(_split(line, _SPACES), columns)
    if len(parts) > 1 or (parts and parts[0].text != line.text.strip()):
        return parts
    single = _split(line, re.compile(r"\s+"))
    if len(single) < 2 or not is_han(line.text) or any(len(part.text) == 1 for part in single):
        return (line,)
    speaks = [looks_like_party(part.text) for part in single]
    if len(single) == columns or all(speaks) or (len(single) == 2 and speaks == [True, False]):
        return single
    return (line,)


def _close(parts: Sequence[Text], columns: int) -> tuple[Text, ...]:
    """Close names and marks that are spaced out so widely that every character is a part of its own (江　澤　民)."""
    out: list[Text] = []
    run: list[Text] = []
    for part in (*_closed_brackets(parts), None):
        if part is not None and len(part.text) == 1 and is_han(part.text):
            run.append(part)
            continue
        size = len(run) // columns if len(run) == len(parts) and len(run) % columns == 0 else len(run)
        out += [join_texts(run[k : k + size]) for k in range(0, len(run), size or 1)]
        run = []
        if part is not None:
            out.append(part)
    return tuple(out)


def _closed_brackets(parts: Sequence[Text]) -> list[Text]:
    out: list[Text] = []
    for part in parts:
        if out and re.search(r"[（(][^）)]*$", out[-1].text):
            out[-1] = join_texts((out[-1], part))
        else:
            out.append(part)
    return out


def _split(line: Text, gap: re.Pattern[str]) -> tuple[Text, ...]:
    parts, start = [], 0
    for match in [*gap.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        piece = line.text[start:end]
        if piece.strip():
            at = start + len(piece) - len(piece.lstrip())
            place = place_at(line, at)
            parts.append(plain(piece.strip(), place))
        start = match.end() if match else end
    return tuple(parts)


def looks_like_party(text: str) -> bool:
    """Whether a part of a line names a state, an organisation or an office."""
    return _cell(Text(text)).kind == "party"


def looks_like_name(text: str) -> bool:
    """Whether a line could be nothing but the name of a person."""
    closed = text.strip()
    if is_han(closed):
        spaced = re.fullmatch(r"[\u3400-\u9fff](?:\s*[\u3400-\u9fff]){1,3}", closed)
        return bool(spaced or re.search("[·‧•・]", closed))
    return bool(_WESTERN_NAME.match(closed))


def looks_signed(text: str) -> bool:
    """Whether a line on its own shows that it belongs to a signature block: a capacity, a mark, ``For the …``."""
    cell = _cell(Text(text.strip()))
    return cell.kind == "mark" or cell.mark is not None or (
        cell.kind == "party" and (cell.capacity is not None or not is_han(text)))


def may_be_signed(text: str) -> bool:
    """Whether a line may stand in a signature block: short, and not a sentence."""
    text = text.strip().rstrip("：:")
    han = is_han(text)
    if not text or len(text) > (60 if han else 110):
        return False
    if han:
        return not re.search(r"[。；，！？]", text)
    return not re.search(r"[;?!]|[a-zа-яё]{3,}\.$", text)


def read_signatories(rows: Sequence[Sequence[Text]]) -> tuple[Signatory, ...]:
    """Return who signs, in the order of the print; each row is a line of the block as its parts in columns.

    Names that are spaced out (江 澤 民) are closed. A party without a name, a name without a party stay as they are.
    """
    cells = _in_order([[_cell(part) for part in row] for row in rows])
    names_first = bool(cells) and cells[0].kind == "name" and any(cell.kind == "party" for cell in cells)
    found: list[Signatory] = []
    for cell in reversed(cells) if names_first else cells:
        _add(found, cell, names_first)
    return tuple(reversed(found)) if names_first else tuple(found)


def _add(found: list[Signatory], cell: _Cell, names_first: bool) -> None:
    last = found[-1] if found else None
    if cell.kind == "mark":
        if last and last.mark is None and not names_first:
            found[-1] = replace(last, mark=cell.mark)
        return
    if cell.kind == "name":
        if last and last.party is None and last.capacity is None and last.name is None:
            found[-1] = replace(last, party=cell.name)
        elif last and last.name is None:
            found[-1] = replace(last, name=cell.name, mark=cell.mark or last.mark)
        else:
            party, capacity = (last.party, last.capacity) if last and not names_first else (None, None)
            found.append(Signatory(party, capacity, cell.name, cell.mark, cell.place))
        return
    opens_only = cell.party is None and cell.capacity is None
    if last and not opens_only:
        wants = last.capacity is None or last.party is None
        if last.name is None and wants and not (cell.party and last.party):
            found[-1] = replace(last, party=last.party or cell.party, capacity=last.capacity or cell.capacity,
                                name=cell.name, mark=cell.mark or last.mark)
            return
        if cell.party is None and last.capacity is None:
            found[-1] = replace(last, capacity=cell.capacity)
            return
    found.append(Signatory(cell.party, cell.capacity, cell.name, cell.mark, cell.place))


def _in_order(rows: list[list[_Cell]]) -> list[_Cell]:
    """Return the cells in the order in which they are read: rows of party and name along, columns down."""
    out: list[_Cell] = []
    group: list[list[_Cell]] = []
    for row in rows:
        if group and len(row) == 2 * len(group[0]) and _offices_and_names(row):
            group += [row[0::2], row[1::2]]
            continue
        mixed = len({cell.kind for cell in row}) > 1
        if len(row) == 1 or mixed:
            out += _columns(group)
            group = []
            out += row
            continue
        begins = row[0].kind == "party" and any(cell.kind != "party" for above in group for cell in above)
        if group and (begins or len(row) != len(group[0])):
            out += _columns(group)
            group = []
        group.append(row)
    return out + _columns(group)


def _offices_and_names(row: list[_Cell]) -> bool:
    """Whether a row gives an office and a name for every column."""
    return all(c.kind == "party" and c.party is None for c in row[0::2]) and all(c.kind == "name" for c in row[1::2])


def _columns(group: list[list[_Cell]]) -> list[_Cell]:
    return [row[column] for column in range(len(group[0])) for row in group] if group else []


def _cell(text: Text) -> _Cell:
    place = place_at(text, 0) or _NOWHERE
    line = text.text.strip()
    mark = _words("mark").search(line)
    sign = mark.group().strip() if mark else None
    if mark:
        line = (line[: mark.start()] + line[mark.end():]).strip()
    line = line.strip(" \t　:：")
    if not line:
        return _Cell("mark", place, mark=sign)
    if is_han(line):
        return _chinese_cell(line, sign, place)
    return _western_cell(line, sign, place)


def _chinese_cell(line: str, sign: str | None, place: Place) -> _Cell:
    closed = "".join(line.split())
    before, colon, after = closed.partition("：")
    if colon and after and _words("side").fullmatch(before):
        return _Cell("party", place, party=after, mark=sign)
    if colon and after:
        cell = _chinese_cell(before, sign, place)
        return replace(cell, name=after) if cell.kind == "party" else _Cell("name", place, name=after, mark=sign)
    glued = _glued().match(closed)
    if glued and _is_person(glued["name"]):
        return _Cell("party", place, glued["party"], glued["capacity"], glued["name"], sign)
    capacity = re.search(f"(?:{_words('capacity', 'zh').pattern})$", closed)
    if capacity and not re.search("[·‧•・]", closed):
        first = capacity.start()
        return _Cell("party", place, party=closed[:first] or None, capacity=closed[first:], mark=sign)
    if re.search(f"(?:{_words('party').pattern})$", closed) and not re.search("[·‧•・]", closed):
        return _Cell("party", place, party=closed, mark=sign)
    if _HAN_NAME.match(closed) or len(closed) <= _LONGEST_NAME:
        return _Cell("name", place, name=closed, mark=sign)
    return _Cell("party", place, party=closed, mark=sign)


@cache
def _glued() -> re.Pattern[str]:
    party, capacity = _words("party").pattern, _words("capacity", "zh").pattern
    return re.compile(rf"(?P<party>.{{1,30}}?(?:{party}))?(?P<capacity>{capacity})(?P<name>.+)$")


def _is_person(text: str) -> bool:
    """Whether ``text`` is the name of a person beyond doubt: of foreign form, or with a Chinese family name."""
    if re.fullmatch(r"[\u3400-\u9fff]{1,8}(?:[·‧•・][\u3400-\u9fff]{1,10})+", text):
        return True
    surnames = {row["surname"] for row in table("surnames")}
    return bool(re.fullmatch(r"[\u3400-\u9fff]{2,4}", text)) and (text[0] in surnames or text[:2] in surnames)


def _western_cell(line: str, sign: str | None, place: Place) -> _Cell:
    opening = re.match(f"(?:{_words('for').pattern})(?:\\s+|$)", line)
    if opening:
        party = re.sub(r"^the\b\s*", "", line[opening.end():].strip(" ,:"))
        return _Cell("party", place, party=party or None, mark=sign)
    capacity = re.match(f"(?:{_words('capacity', 'en', 'ru').pattern})(?![\\w-])", line)
    if capacity:
        party = re.sub(r"^(?:,|of|for)?\s*(?:the\s+)?", "", line[capacity.end():].strip())
        return _Cell("party", place, party=party.strip(" ,:") or None, capacity=capacity.group(), mark=sign)
    name, comma, rest = line.partition(",")
    if comma and _WESTERN_NAME.match(name) and (office := _western_cell(rest.strip(), None, place)).capacity:
        return replace(office, kind="party", name=name.strip(), mark=sign)
    return _Cell("name", place, name=line.strip(" ,:"), mark=sign)
