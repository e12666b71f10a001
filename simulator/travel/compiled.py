"""How functions of this room are compiled: to machine code, kept on disk, without reordering arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


def compiled(function: AnyFunction) -> AnyFunction:
    """``function``, compiled at its first call, and read from the disk cache after that."""
    return cast(AnyFunction, njit(cache=True, error_model="numpy")(function))


def inlined(function: AnyFunction) -> AnyFunction:
    """The same, written out wherever another compiled function calls it: for steps of inner loops."""
    return cast(AnyFunction, njit(cache=True, error_model="numpy", forceinline=True)(function))
