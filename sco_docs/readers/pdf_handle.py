"""A handle on PDFium that keeps the interpreter lock and takes plain integers: several times faster per call."""

from __future__ import annotations

import ctypes as c
from typing import Any

from pypdfium2_raw import bindings

POINTER, INT = c.c_void_p, c.c_int
_LIBRARY = c.PyDLL("pdfium", handle=bindings._libs["pdfium"]._handle)


def bind(name: str, result: Any, *arguments: Any) -> Any:
    """Return PDFium's function ``name`` with plain integer prototypes."""
    function = getattr(_LIBRARY, name)
    function.restype, function.argtypes = result, list(arguments)
    return function
