"""Reads a QR picture from its modules (ISO/IEC 18004), so that what is drawn can be compared.

A reader without error correction: a drawn picture has no errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reportlab.graphics.barcode import qrencoder

Modules = Sequence[Sequence[bool]]
FORMAT_MASK = 0b101010000010010
MASKS: Sequence[Callable[[int, int], bool]] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, j: i % 2 == 0,
    lambda i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BLOCKS: Any = qrencoder.QRRSBlock
_UTIL: Any = qrencoder.QRUtil


def drawn(path: str, side: int, quiet: int = 4) -> Modules:
    """The modules of an SVG path of unit squares, M<x> <y>h1v1h-1z each."""
    dark = {(int(y), int(x)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    count = side - 2 * quiet
    return [
        [(row + quiet, column + quiet) in dark for column in range(count)] for row in range(count)
    ]


def read(modules: Modules) -> str:
    """The text."""
    size = len(modules)
    version = (size - 17) // 4
    told = _format(modules)
    level, mask = told >> 13, MASKS[told >> 10 & 7]
    bits = [modules[row][column] != mask(row, column) for row, column in _order(size, version)]
    words = [_number(bits[at : at + 8]) for at in range(0, len(bits) - 7, 8)]
    return _text(_data(words, version, level), version)


def _format(modules: Modules) -> int:
    """Level and mask, beside the upper left finder; the first bit is the highest."""
    places = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    return _number([modules[row][column] for row, column in places]) ^ FORMAT_MASK


def _order(size: int, version: int) -> Iterator[tuple[int, int]]:
    """The modules that carry data, as they are laid: pairs of columns, up and down."""
    taken = _functions(size, version)
    up = True
    for right in range(size - 1, 0, -2):
        left = right if right > 6 else right - 1
        for row in range(size - 1, -1, -1) if up else range(size):
            yield from ((row, c) for c in (left, left - 1) if (row, c) not in taken)
        up = not up


def _functions(size: int, version: int) -> set[tuple[int, int]]:
    """Finders with format bits, timing, alignment, version."""
    taken = {(r, c) for r in range(9) for c in range(9)}
    taken |= {(r, c) for r in range(9) for c in range(size - 8, size)}
    taken |= {(r, c) for r in range(size - 8, size) for c in range(9)}
    taken |= {(6, at) for at in range(size)} | {(at, 6) for at in range(size)}
    centres: list[int] = _UTIL.getPatternPosition(version)
    last = size - 7
    for row in centres:
        for column in centres:
            if (row, column) not in {(6, 6), (6, last), (last, 6)}:
                taken |= {(row + r, column + c) for r in range(-2, 3) for c in range(-2, 3)}
    if version >= 7:
        taken |= {(r, c) for r in range(6) for c in range(size - 11, size - 8)}
        taken |= {(c, r) for r in range(6) for c in range(size - 11, size - 8)}
    return taken


def _data(words: Sequence[int], version: int, level: int) -> list[bool]:
    """The data of the blocks, which lie in one another, without their check words."""
    lengths = [block.dataCount for block in _BLOCKS.getRSBlocks(version, level)]
    blocks: list[list[int]] = [[] for _ in lengths]
    stream = iter(words)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(stream))
    return [bool(word >> bit & 1) for block in blocks for word in block for bit in range(7, -1, -1)]


def _text(bits: Sequence[bool], version: int) -> str:
    size = 0 if version < 10 else 1 if version < 27 else 2
    parts: list[str] = []
    at = 0

    def take(count: int) -> int:
        nonlocal at
        at += count
        return _number(bits[at - count : at])

    while at + 4 <= len(bits) and (mode := take(4)):
        if mode == 4:
            parts.append(bytes(take(8) for _ in range(take((8, 16, 16)[size]))).decode())
        elif mode == 2:
            left = take((9, 11, 13)[size])
            for _ in range(left // 2):
                pair = take(11)
                parts.append(ALPHANUMERIC[pair // 45] + ALPHANUMERIC[pair % 45])
            parts += [ALPHANUMERIC[take(6)]] * (left % 2)
        elif mode == 1:
            left = take((10, 12, 14)[size])
            parts += [f"{take(10):03}" for _ in range(left // 3)]
            if left % 3:
                digits = left % 3
                parts.append(f"{take((4, 7)[digits - 1]):0{digits}}")
        else:
            raise ValueError(f"mode {mode} is not read here")
    return "".join(parts)


def _number(bits: Sequence[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
