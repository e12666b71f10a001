"""How functions are compiled: to machine code, kept on disk, without reordering any arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.core.options import DefaultOptions
from numba.extending import intrinsic

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


def _fetch(typing_context: Any, array: Any, index: Any) -> Any:
    """What ``fetch`` is for the compiler: its signature, and the one instruction it becomes."""
    signature = types.void(array, types.intp)

    def write_out(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        start = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        address = builder.bitcast(builder.gep(start, [arguments[1]]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [address.type, number, number, number])
        prefetch = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]
            builder.module, kind, "llvm.prefetch.p0i8"
        )
        builder.call(prefetch, [address, number(0), number(3), number(1)])  # to read, to be kept, data
        return context.get_dummy_value()

    return signature, write_out


fetch = cast(Callable[[Any, Any], None], intrinsic(_fetch))
"""Ask for ``array[index]``, counted as it lies in memory, for it is read soon: in compiled functions only.

A read that has to wait for memory holds up all that comes after it; this does not, and changes nothing.
"""
