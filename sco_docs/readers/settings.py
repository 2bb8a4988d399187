"""``sco-docs.toml``: what the editor says of the sources beside it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sco_docs.errors import ConfigError
from sco_docs.model import Settings, SourceSetting, WitnessSetting

NAME = "sco-docs.toml"

# table → the keys that it may have, each with its type
_KEYS: dict[str, dict[str, type]] = {
    "": {"source": list, "terms": str, "notes": str, "register": str},
    "source": {"file": str, "siglum": str, "language": str, "witness": list},
    "witness": {"file": str, "agreement": int, "language": str, "siglum": str},
}


def read_settings(folder: Path) -> Settings:
    """Return the settings of ``folder``; without a ``sco-docs.toml`` in it, the defaults.

    Raises ``ConfigError`` that names the file, the key and what is allowed there.
    """
    path = folder / NAME
    if not path.is_file():
        return Settings(str(folder))
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML ({error}); correct it there.") from error
    _check(path, "", found)
    for name in ("terms", "notes", "register"):
        if name in found:
            _beside(path, name, found[name])
    return Settings(
        str(folder),
        tuple(_source(path, entry) for entry in found.get("source", ())),
        found.get("terms"),
        found.get("notes"),
        found.get("register"),
    )


def setting_of(settings: Settings, name: str) -> SourceSetting:
    """Return what the settings say of the source file ``name``, or the defaults."""
    return next((source for source in settings.sources if source.file == name), SourceSetting(name))


def _source(path: Path, entry: dict[str, Any]) -> SourceSetting:
    _check(path, "source", entry, "file")
    witnesses = tuple(_witness(path, witness) for witness in entry.get("witness", ()))
    siglum = entry.get("siglum", "T")
    sigla = [siglum, *(witness.siglum for witness in witnesses if witness.siglum)]
    for witness in witnesses:
        same = [w.siglum for w in witnesses if w.agreement == witness.agreement and w.siglum] + [siglum]
        if len(same) != len(set(same)):
            raise ConfigError(f"{path}: agreement {witness.agreement} has one siglum twice ({', '.join(sigla)}).")
    return SourceSetting(entry["file"], siglum, entry.get("language"), witnesses)


def _witness(path: Path, entry: dict[str, Any]) -> WitnessSetting:
    _check(path, "source.witness", entry, "file", "agreement")
    _beside(path, "file", entry["file"])
    return WitnessSetting(entry["file"], entry["agreement"], entry.get("language"), entry.get("siglum"))


def _check(path: Path, table: str, entry: object, *needed: str) -> None:
    keys = _KEYS[table.rpartition(".")[2]]
    where = f"[[{table}]]" if table else "the top level"
    if not isinstance(entry, dict):
        raise ConfigError(f"{path}: {where} must be a table; write it as {where} on a line of its own.")
    for key, value in entry.items():
        if key not in keys:
            raise ConfigError(f"{path}: {where} does not know {key!r}; it may have {', '.join(keys)}.")
        if not isinstance(value, keys[key]):
            raise ConfigError(f"{path}: {key} in {where} must be a {keys[key].__name__}, not {value!r}.")
    for key in needed:
        if key not in entry:
            raise ConfigError(f"{path}: an entry of {where} has no {key!r}; add it.")


def _beside(path: Path, key: str, name: str) -> None:
    if not (path.parent / name).is_file():
        raise ConfigError(f"{path}: {key} = {name!r} is not a file beside it; correct the name or add the file.")
