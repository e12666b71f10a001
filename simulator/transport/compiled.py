"""How functions are compiled: to machine code, kept on disk, without reordering any arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.options import DefaultOptions

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])

_UNCOUNTED: dict[str, Any] = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}
"""Compile without the reference counts of arrays: speed alone depends on it, and a numba may come without."""


def compiled(function: AnyFunction) -> AnyFunction:
    """``function``, compiled at its first call (and read from the disk cache after that).

    Without fast-math, sums keep their order and no operation is fused: the same bits on every machine.
    Nothing is compiled when a module is imported.
    """
    return cast(AnyFunction, njit(cache=True, error_model="numpy")(function))


def in_place(function: AnyFunction) -> AnyFunction:
    """``function``, compiled as ``compiled`` does it, for work on arrays that it is given: it can make none.

    Who makes no array need not count who holds one. In inner loops over the columns of a named tuple the
    counting takes longer than the work.
    """
    return cast(AnyFunction, njit(cache=True, error_model="numpy", **_UNCOUNTED)(function))


def inlined(function: AnyFunction) -> AnyFunction:
    """``function``, compiled as ``in_place`` does it, and written out wherever another compiled one calls it.

    For the small steps of inner loops: a named tuple is handed over word by word, which takes longer than
    such a step itself.
    """
    return cast(AnyFunction, njit(cache=True, error_model="numpy", forceinline=True, **_UNCOUNTED)(function))
