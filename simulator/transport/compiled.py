"""One way to compile a function: to machine code, kept on disk, without reordering any arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


def compiled(function: AnyFunction) -> AnyFunction:
    """``function``, compiled at its first call (and read from the disk cache after that).

    Without fast-math, sums keep their order and no operation is fused: the same bits on every machine.
    Nothing is compiled when a module is imported.
    """
    return cast(AnyFunction, njit(cache=True, error_model="numpy")(function))
