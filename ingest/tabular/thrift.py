"""Structures in Apache Thrift's compact protocol, as Parquet writes its metadata."""

from __future__ import annotations

from typing import Any, BinaryIO

Struct = dict[int, Any]
_DEPTH_MAX = 16
_ITEMS_MAX = 1_000_000
_STOP, _TRUE, _FALSE, _BYTE = 0, 1, 2, 3
_DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 7, 8, 9, 10, 11, 12


class ThriftError(ValueError):
    """The bytes are no structure of the compact protocol."""


def read_struct(file: BinaryIO, depth: int = 0) -> Struct:
    """Fields by number, from the file's place on. Raises ThriftError."""
    if depth > _DEPTH_MAX:
        raise ThriftError("nested too deep")
    found: Struct = {}
    number = 0
    while (head := _byte(file)) & 0x0F != _STOP:
        kind, step = head & 0x0F, head >> 4
        number = number + step if step else _signed(file)
        found[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else _value(file, kind, depth)
    return found


def _value(file: BinaryIO, kind: int, depth: int) -> Any:
    if kind == _STRUCT:
        return read_struct(file, depth + 1)
    if kind in (_LIST, _SET):
        return _list(file, depth)
    if kind == _BINARY:
        return _bytes(file, _unsigned(file))
    if kind == _DOUBLE:
        return _bytes(file, 8)
    if kind in (_TRUE, _FALSE, _BYTE):
        return _byte(file)
    if kind == _MAP or kind > _STRUCT:
        raise ThriftError(f"type {kind} is not used in Parquet")
    return _signed(file)


def _list(file: BinaryIO, depth: int) -> list[Any]:
    head = _byte(file)
    size = head >> 4
    if size == 15:
        size = _unsigned(file)
    if size > _ITEMS_MAX or depth > _DEPTH_MAX:
        raise ThriftError("a list too long")
    return [_value(file, head & 0x0F, depth + 1) for _ in range(size)]


def _byte(file: BinaryIO) -> int:
    return _bytes(file, 1)[0]


def _bytes(file: BinaryIO, size: int) -> bytes:
    if size > 64 * _ITEMS_MAX:
        raise ThriftError("a text too long")
    found = file.read(size)
    if len(found) < size:
        raise ThriftError("it breaks off")
    return found


def _unsigned(file: BinaryIO) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = _byte(file)
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
    raise ThriftError("a number too long")


def _signed(file: BinaryIO) -> int:
    value = _unsigned(file)
    return (value >> 1) ^ -(value & 1)
