"""Packed, mapped and joined sequences are what tuples of the same items would be."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_docs.model import Line, Page, Span
from sco_docs.sequences import Joined, Mapped, Packed

NUMBERS = st.lists(st.integers(), max_size=40)
PARTS = st.lists(st.lists(st.integers(), max_size=5), max_size=12)


@settings(derandomize=True, deadline=None)
@given(NUMBERS, st.integers(0, 8), st.integers(1, 5), st.lists(st.integers(-45, 45), max_size=9))
def test_packed_is_what_a_tuple_is(items: list[int], live: int, together: int, spots: list[int]) -> None:
    packed, plain = Packed(iter(items), live, together), tuple(items)
    assert (tuple(packed), len(packed), packed == plain) == (plain, len(plain), True)
    for spot in spots:
        assert packed[spot:] == plain[spot:]
        if -len(plain) <= spot < len(plain):
            assert packed[spot] == plain[spot]
        else:
            with pytest.raises(IndexError):
                packed[spot]


@settings(derandomize=True, deadline=None)
@given(PARTS, st.lists(st.integers(0, 59), max_size=9))
def test_joined_is_what_a_chain_is(parts: list[list[int]], spots: list[int]) -> None:
    joined, plain = Joined(Packed(parts, 1), map(len, parts)), tuple(chain.from_iterable(parts))
    assert (tuple(joined), len(joined)) == (plain, len(plain))
    assert [joined[spot] for spot in spots if spot < len(plain)] == [plain[spot] for spot in spots if spot < len(plain)]


def test_mapped_computes_at_every_look() -> None:
    seen: list[int] = []
    mapped = Mapped(lambda index, item: seen.append(index) or (index, item * 2), (5, 7))
    assert (mapped[1], tuple(mapped), seen) == ((1, 14), ((0, 10), (1, 14)), [1, 0, 1])


def test_pages_come_back_equal_and_small() -> None:
    line = Line("第一條　成員國", 1, 1, 72.0, 80.0, 300.0, 92.0, (Span("第一條　成員國", 72.0, 300.0, "Kai", 12.0),))
    pages = [Page(n, 595.0, 842.0, (line,) * 30, label=str(n)) for n in range(1, 30)]
    packed = Packed(pages, live=3)
    assert packed == tuple(pages)
    assert packed != tuple(pages[1:])
