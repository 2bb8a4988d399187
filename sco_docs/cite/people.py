"""People as people: names, what they did, and bodies kept whole."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from pypinyin import lazy_pinyin

from sco_docs.data import table

CJK = r"㐀-鿿豈-﫿𠀀-𰀀〇々"
_NATIONALITY = re.compile(rf"^\s*[\[〔【（(［][{CJK}]{{1,6}}[\]〕】）)］]\s*")
_OTHERS = re.compile(r"(?:[，,、]?\s*(?:等人?|等合?)|[,，]?\s*(?:et\.?\s+al\.?|and others))$", re.IGNORECASE)
_HAN_SPLIT = re.compile(r"\s*[、；;，,／/]\s*|\s*[&＆]\s*|\s+")
_WEST_AND = re.compile(r"\s*,?\s*(?:&|＆)\s*|\s*,?\s+and\s+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-ZÀ-ÞА-Я][.．]?[\s-]?){1,4}$")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?$")
_PARTICLES = {"von", "van", "de", "der", "den", "del", "della", "di", "da", "la", "le", "du", "bin", "al", "ten", "ter"}


@dataclass(frozen=True, slots=True)
class People:
    """Who did what; ``others`` where the source says that there were more (等, et al.)."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()
    others: bool = False


@dataclass(slots=True)
class _Roles:
    names: dict[str, list[str]] = field(default_factory=dict)
    others: bool = False


def has_han(text: str) -> bool:
    """Tell whether any Chinese character stands in ``text``."""
    return re.search(f"[{CJK}]", text) is not None


def heal(text: str) -> str:
    """Return ``text`` without the blanks that justified setting leaves between Chinese characters; a blank that stands
    alone, as between two parts of a headline, is kept."""
    gaps = len(re.findall(f"[{CJK}] (?=[{CJK}])", text))
    joined = len(re.findall(f"[{CJK}](?=[{CJK}])", text))
    if gaps * 6 <= joined:
        return text
    return re.sub(rf"(?<=[{CJK}，。；：、〈〉《》（）]) (?=[{CJK}，。；：、〈〉《》（）])", "", text)


@cache
def _surnames() -> dict[str, str]:
    return {row["surname"]: row["pinyin"] for row in table("surnames")}


@cache
def _institution() -> re.Pattern[str]:
    words = table("institution_words")
    anywhere = "|".join(
        re.escape(r["word"]) if has_han(r["word"]) else rf"\b{re.escape(r['word'])}\b"
        for r in words
        if r["where"] == "any"
    )
    at_end = "|".join(re.escape(r["word"]) for r in words if r["where"] == "end")
    return re.compile(rf"(?:{anywhere})|(?:{at_end})$")


@cache
def _role_words(where: str) -> dict[str, str]:
    return {row["word"]: row["role"] for row in table("people_roles") if row["where"] == where}


@cache
def _role_after() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_role_words("after"), key=len, reverse=True))
    return re.compile(
        rf"[，,]?\s*(?P<open>[（(\[〔])?\s*(?P<others>等)?\s*(?P<role>{words})\s*(?(open)[）)\]〕])(?=\s*(?:[，,；;、。]|$|\s))"
    )


@cache
def _role_before() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_role_words("before"), key=len, reverse=True))
    return re.compile(rf"^(?P<role>{words})\s+(?=[A-ZÀ-ÞА-Я])")


def surname_of(name: str) -> str | None:
    """Return the Chinese family name with which ``name`` begins, two characters before one; else ``None``."""
    for size in (4, 2, 1):
        if len(name) > size and name[:size] in _surnames():
            return name[:size]
    return None


def is_institution(name: str) -> bool:
    """Tell whether ``name`` is that of a body: it has a word of ``data/institution_words.tsv``."""
    if has_han(name):
        return len(name) > 2 and _institution().search(name) is not None
    return _institution().search(name) is not None or bool(re.search(r"\b(?:of|for|the)\b", name))


def is_person(name: str) -> bool:
    """Tell whether ``name`` can be a Chinese personal name: a known family name and one or two characters,
    or a transcribed foreign name with its dot."""
    if re.search(r"[·‧・•．]", name) and has_han(name):
        return True
    surname = surname_of(name)
    rest = len(name) - len(surname) if surname else 0
    return surname is not None and 1 <= rest <= 2 and not is_institution(name)


def read_people(text: str, role: str = "author") -> People:
    """Split the names of a reference and say what each did; names without a word for it get ``role``.

    >>> read_people("Neuman, W. L.著，王佳煌、潘中道等譯").translators
    ('王佳煌', '潘中道')
    """
    found = _Roles()
    start = 0
    for match in _role_after().finditer(text):
        chunk = text[start : match.start()].strip(" ，,；;、。")
        if len(chunk) < 2:
            continue
        found.others |= match["others"] is not None
        _add(found, _role_words("after")[match["role"]], chunk)
        start = match.end()
    chunk = text[start:].strip(" ，,；;、。")
    if chunk:
        before = _role_before().match(chunk)
        if before:
            role = _role_words("before")[before["role"]]
            chunk = chunk[before.end() :]
        _add(found, role, chunk)
    names = {key: tuple(value) for key, value in found.names.items()}
    return People(
        names.get("author", ()),
        names.get("editor", ()),
        names.get("translator", ()),
        names.get("producer", ()),
        found.others,
    )


def _add(found: _Roles, role: str, chunk: str) -> None:
    others = _OTHERS.search(chunk)
    if others and len(chunk) > len(others[0]) + 1:
        chunk = chunk[: others.start()]
        found.others = True
    found.names.setdefault(role, []).extend(split_names(chunk))


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in ``text``, each as printed, without nationality marks (［美］) before them."""
    text = _NATIONALITY.sub("", text).strip(" ，,；;、")
    if not text:
        return ()
    return _split_han(text) if has_han(text) else _split_western(text)


def _split_han(text: str) -> tuple[str, ...]:
    parts = [p for p in re.split(r"\s*[、；;]\s*|\s*[&＆]\s*", text) if p]
    if len(parts) > 1 and not all(_can_stand_alone(part) for part in parts):
        parts = [text]
    names: list[str] = []
    for part in parts:
        names += _split_commas(_NATIONALITY.sub("", part).strip())
    return tuple(name for name in names if name)


def _split_commas(text: str) -> list[str]:
    joined = re.fullmatch(rf"([{CJK}]{{2,4}})\s*(?:與|和|及|与|暨)\s*([{CJK}]{{2,4}})", text)
    if joined and is_person(joined[1]) and is_person(joined[2]):
        return [joined[1], joined[2]]
    parts = [p for p in _HAN_SPLIT.split(text) if p]
    if len(parts) > 1 and all(is_person(part) or is_institution(part) for part in parts):
        return parts
    if len(parts) > 1 and not has_han(text.replace("等", "")):
        return list(_split_western(text))
    parts = [p for p in re.split(r"\s*[，,]\s*", text) if p]
    if len(parts) > 1 and all(2 <= len(part) <= 4 and has_han(part) for part in parts):
        return parts
    return [re.sub(rf"(?<=[{CJK}])\s+(?=[{CJK}])", "", text) if _spaced(text) else text]


def _spaced(text: str) -> bool:
    return re.fullmatch(rf"[{CJK}](?:\s[{CJK}]){{1,3}}", text) is not None


def _can_stand_alone(part: str) -> bool:
    return (
        not has_han(part) or (len(part) <= 4 and len(part) >= 2) or is_institution(part) or "·" in part or "," in part
    )


def _split_western(text: str) -> tuple[str, ...]:
    if ";" in text or "；" in text:
        return tuple(_trim(p) for p in re.split(r"\s*[;；]\s*", text) if p.strip())
    if is_institution(text) and not re.search(r"[&＆]", text):
        return (_trim(text),)
    names: list[str] = []
    for part in _WEST_AND.split(text):
        if part.strip(" ,，"):
            names += _pair([t for t in re.split(r"\s*[,，、]\s*", part.strip(" ,，")) if t])
    return tuple(_trim(name) for name in names)


def _pair(tokens: list[str]) -> list[str]:
    """Join ``Last`` with the ``First`` after it; names in the order of speech and ``SMITH J`` stand alone."""
    names: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        following = tokens[position + 1] if position + 1 < len(tokens) else ""
        inverted = following and (
            _INITIALS.fullmatch(following)
            or (position == 0 and not _complete(token))
            or (not _complete(token) and not _complete(following))
        )
        if inverted and not re.fullmatch(r"\S+ [A-Z]{1,3}", token):
            token, position = f"{token}, {following}", position + 1
        if position + 1 < len(tokens) and _SUFFIX.fullmatch(tokens[position + 1]):
            token, position = f"{token}, {tokens[position + 1]}", position + 1
        names.append(token)
        position += 1
    return names


def _complete(token: str) -> bool:
    """A given and a family name, so nothing need follow: ``Kenneth N. Waltz``, but not ``van der Berg``."""
    words = [w for w in token.split() if w.lower().strip(".") not in _PARTICLES]
    return len(words) > 1


def _trim(name: str) -> str:
    name = name.strip(" ,，;；、")
    if name.endswith(".") and not re.search(r"(?:^|[\s.-])\w\.$|(?:Jr|Sr|etc|Inc|Ltd|Co)\.$", name):
        return name[:-1]
    return name


def invert(name: str) -> str:
    """Return ``Stefan Halper`` as ``Halper, Stefan``; a name that has its comma, a body or one word stays."""
    words = name.split()
    if "," in name or len(words) < 2 or has_han(name) or is_institution(name):
        return name
    cut = max(1, _family_start(words))
    return f"{' '.join(words[cut:])}, {' '.join(words[:cut])}"


def _family_start(words: list[str]) -> int:
    """The index of the first word of the family name: ``Ludwig van der Berg`` → 1."""
    cut = len(words) - 1
    while cut > 0 and words[cut - 1] in _PARTICLES:
        cut -= 1
    return cut


def family_name(name: str) -> str:
    """Return the part of a name by which a citation names it: a Chinese name or a body whole, else the family name."""
    if has_han(name) or is_institution(name):
        return name
    family, comma, rest = name.partition(",")
    if comma and not _SUFFIX.fullmatch(rest.strip()):
        return family.strip()
    name = family
    words = name.split()
    if len(words) > 1 and re.fullmatch(r"(?:[A-ZА-Я]\.?-?){1,4}", words[-1]):
        return " ".join(w for w in words if not re.fullmatch(r"(?:[A-ZА-Я]\.?-?){1,4}", w)) or words[0]
    return re.sub(r"^.*\.(?=\w{2,})", "", " ".join(words[_family_start(words) :])) if words else name


def pinyin(name: str, limit: int = 24) -> str:
    """Return a name or title in lower-case ASCII pinyin, the family name as family names are read, cut after whole
    syllables at ``limit`` letters; letters outside ASCII lose their accents."""
    person = is_person(name)
    surname = surname_of(name) if person else None
    syllables = [_surnames()[surname]] if surname else []
    for run in re.findall(rf"[{CJK}]+|[^{CJK}]+", name[len(surname or "") :]):
        syllables += lazy_pinyin(run) if has_han(run) else _ascii_words(run)
    result = ""
    for syllable in syllables:
        letters = re.sub(
            r"[^a-z0-9]", "", syllable.lower().replace("ü", "yu").replace("lv", "lyu").replace("nv", "nyu")
        )
        if result and len(result) + len(letters) > limit:
            break
        result += letters[:limit]
    return result


def _ascii_words(run: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", run.translate(_CYRILLIC)).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", plain)


_CYRILLIC = str.maketrans(
    dict(zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia".replace("_", "'").split(),
        strict=True,
    ))
    | dict(zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
        "A B V G D E E Zh Z I I K L M N O P R S T U F Kh Ts Ch Sh Shch Ie Y _ E Iu Ia".replace("_", "'").split(),
        strict=True,
    ))
)  # fmt: skip


def slug(title: str, limit: int = 40) -> str:
    """Return a title as a part of a file name: ASCII words in lower case with hyphens, Chinese by its pinyin."""
    words: list[str] = []
    for run in re.findall(rf"[{CJK}]+|[^{CJK}]+", title):
        words += lazy_pinyin(run) if has_han(run) else _ascii_words(run)
    name = ""
    for word in (re.sub(r"[^a-z0-9]", "", word.lower()) for word in words):
        if name and len(name) + len(word) >= limit:
            break
        name += f"-{word}" if name and word else word
    return name or "agreement"
