"""How functions are compiled: to machine code, kept on disk, without reordering any arithmetic."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.core.options import DefaultOptions
from numba.extending import intrinsic

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])

HOUSE = Path(__file__).resolve().parent.parent

_UNCOUNTED: dict[str, Any] = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}
"""Compile without the reference counts of arrays: speed alone depends on it, and a numba may come without."""


def compiled(function: AnyFunction) -> AnyFunction:
    """``function``, compiled at its first call (and read from the disk cache after that).

    Without fast-math, sums keep their order and no operation is fused: the same bits on every machine.
    Nothing is compiled when a module is imported.
    """
    return _kept(njit(cache=True, error_model="numpy")(function), function)


def in_place(function: AnyFunction) -> AnyFunction:
    """``function``, compiled as ``compiled`` does it, for work on arrays that it is given: it can make none.

    Who makes no array need not count who holds one. In inner loops over the columns of a named tuple the
    counting takes longer than the work.
    """
    return _kept(njit(cache=True, error_model="numpy", **_UNCOUNTED)(function), function)


def inlined(function: AnyFunction) -> AnyFunction:
    """``function``, compiled as ``in_place`` does it, and written out wherever another compiled one calls it.

    For the small steps of inner loops: a named tuple is handed over word by word, which takes longer than
    such a step itself.
    """
    return _kept(njit(cache=True, error_model="numpy", forceinline=True, **_UNCOUNTED)(function), function)


def _kept(dispatcher: Any, function: AnyFunction) -> AnyFunction:
    """``dispatcher``, its code on disk stamped with all sources that it may be made of.

    The compiler looks at the file of the function alone, while steps and constants of other files are written
    out in it: a change there would go on running as it was before. Where the compiler keeps its stamp
    elsewhere one day, it is as good as the compiler makes it.
    """
    file: Any = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if hasattr(file, "_source_stamp"):
        file._source_stamp = _Stamp(file._source_stamp, Path(function.__code__.co_filename))
    return cast(AnyFunction, dispatcher)


class _Stamp:
    """What stands beside kept code and must equal it; no file is looked at before code is asked for."""

    def __init__(self, own: object, source: Path) -> None:
        self._own, self._source = own, source

    def value(self) -> tuple[object, ...]:
        """The compiler's own stamp, and every source of the function's room and of those it may use."""
        source, rooms = self._source.resolve(), {"transport", "model"}
        if source.is_relative_to(HOUSE):
            rooms.add(source.relative_to(HOUSE).parts[0])
        return self._own, *map(_sources, sorted(rooms))

    def __eq__(self, other: object) -> bool:
        return self.value() == other

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return tuple, (self.value(),)  # written to disk as plain values


@cache
def _sources(room: str) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of change of every source file of a room."""
    return tuple(
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for entry in sorted(_files(str(HOUSE / room)), key=lambda entry: entry.path)
    )


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path)
        elif entry.name.endswith(".py"):
            yield entry


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
