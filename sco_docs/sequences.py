"""Sequences for documents of any length: packed, so that they take little memory, or seen through a function.

All are read-only and may be gone through any number of times.
"""

from __future__ import annotations

import gc
import io
import pickle
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from itertools import accumulate, islice
from typing import Any, Generic, TypeVar, overload

A = TypeVar("A")
T = TypeVar("T")

_LIVE = 64
_KEPT = 4


class _Pickler(pickle.Pickler):
    """Writes a dataclass as its constructor and fields, in half the time that frozen ones with slots take."""

    def reducer_override(self, item: Any) -> Any:
        kind = type(item)
        if not is_dataclass(kind):
            return NotImplemented
        return kind, tuple(getattr(item, name) for name in _names(kind))


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = tuple(each.name for each in fields(kind))
    return names


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking, again and again, through the many objects of one item."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _pack(items: Sequence[Any]) -> bytes:
    buffer = io.BytesIO()
    with _uncollected():
        _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(items)
    return zlib.compress(buffer.getvalue(), 1)


def _unpack(packed: bytes) -> Any:
    content = zlib.decompress(packed)
    with _uncollected():
        return pickle.loads(content)


def _held(kept: dict[int, Sequence[T]], at: int, load: Callable[[int], Sequence[T]]) -> Sequence[T]:
    """Return what ``load`` gives for ``at``; the last few that were loaded are kept."""
    if at not in kept:
        if len(kept) >= _KEPT:
            del kept[next(iter(kept))]
        kept[at] = load(at)
    return kept[at]


class _Items(Sequence[T]):
    """A sequence that knows its items one by one; slices come as tuples, equal items make equal sequences."""

    __slots__ = ()

    def _item(self, index: int) -> T:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self._item(i) for i in range(*index.indices(len(self))))
        size = len(self)
        if not -size <= index < size:
            raise IndexError(index)
        return self._item(index if index >= 0 else index + size)

    def __iter__(self) -> Iterator[T]:
        return (self._item(i) for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str | bytes):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


class Packed(_Items[T]):
    """The items of an iterable: the first ``live`` as they are, the others pickled and compressed in memory.

    ``together``: so many items are packed into one; small ones take less room so, and are unpacked together.
    An item that was packed comes back equal, not identical.
    """

    __slots__ = ("_kept", "_live", "_packed", "_size", "_together")

    def __init__(self, items: Iterable[T], live: int = _LIVE, together: int = 1) -> None:
        iterator = iter(items)
        self._live = tuple(islice(iterator, live))
        self._packed: list[bytes] = []
        self._size = len(self._live)
        self._together = together
        self._kept: dict[int, Sequence[T]] = {}
        while chunk := tuple(islice(iterator, together)):
            self._packed.append(_pack(chunk))
            self._size += len(chunk)

    def __len__(self) -> int:
        return self._size

    def _item(self, index: int) -> T:
        if index < len(self._live):
            return self._live[index]
        at, within = divmod(index - len(self._live), self._together)
        return _held(self._kept, at, self._chunk)[within]

    def _chunk(self, at: int) -> tuple[T, ...]:
        found: tuple[T, ...] = _unpack(self._packed[at])
        return found

    def __iter__(self) -> Iterator[T]:
        yield from self._live
        for at in range(len(self._packed)):
            yield from self._chunk(at)


class Mapped(_Items[T], Generic[A, T]):
    """``function(index, item)`` for every item of a sequence, computed whenever it is asked for."""

    __slots__ = ("_function", "_items")

    def __init__(self, function: Callable[[int, A], T], items: Sequence[A]) -> None:
        self._function, self._items = function, items

    def __len__(self) -> int:
        return len(self._items)

    def _item(self, index: int) -> T:
        return self._function(index, self._items[index])

    def __iter__(self) -> Iterator[T]:
        return (self._function(index, item) for index, item in enumerate(self._items))


class Joined(_Items[T]):
    """The items of a sequence of sequences of the given ``sizes``, one after the other.

    Made for going through it more or less in order: the last few of the parts are held.
    """

    __slots__ = ("_end", "_here", "_kept", "_parts", "_start", "_starts")

    def __init__(self, parts: Sequence[Sequence[T]], sizes: Iterable[int]) -> None:
        self._parts = parts
        self._starts = (0, *accumulate(sizes))
        self._kept: dict[int, Sequence[T]] = {}
        self._here: Sequence[T] = ()
        self._start = self._end = 0

    def __len__(self) -> int:
        return self._starts[-1]

    def start(self, part: int) -> int:
        """Return the index of the first item of a part."""
        return self._starts[part]

    def _item(self, index: int) -> T:
        if not self._start <= index < self._end:
            part = bisect_right(self._starts, index) - 1
            self._here = _held(self._kept, part, self._parts.__getitem__)
            self._start, self._end = self._starts[part], self._starts[part + 1]
        return self._here[index - self._start]
