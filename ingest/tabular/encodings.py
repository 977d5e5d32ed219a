"""Whether a text file is in the encoding that its mapping names."""

from __future__ import annotations

import codecs
import re

from ingest.source import CHUNK_BYTES, SourceFile, invalid, marked_encoding
from runtime.errors import CitizengraphError

_SHOWN = {"utf-8": "UTF-8", "gb18030": "GB 18030", "latin-1": "Latin-1"}
_CODECS = {"utf-8": "utf-8-sig", "latin-1": "windows-1252"}
_WIDE = re.compile("[\u0800-\uffff]")


def codec_of(source: SourceFile, encoding: str) -> str:
    """Python's codec for the mapping's encoding; Latin-1 is read with its Windows additions.

    Raises SOURCE_INVALID where the beginning of the file shows that it is in another encoding.
    """
    with source.open() as file:
        start = file.read(CHUNK_BYTES)
    marked = marked_encoding(start)
    if encoding.startswith("utf-16"):
        return _wide(source, start, encoding, marked)
    if found := marked or _unmarked(start):
        raise _differs(source, found.upper(), encoding)
    if encoding != "utf-8" and _is_utf8(start, encoding):
        raise _differs(source, "UTF-8", encoding)
    return _CODECS.get(encoding, encoding)


def _wide(source: SourceFile, start: bytes, encoding: str, marked: str | None) -> str:
    if marked == "utf-16":
        return marked
    found = _unmarked(start)
    if found is None or marked:
        raise _differs(source, marked.upper() if marked else "another encoding", encoding)
    if found != encoding:
        raise _differs(source, f"{found.upper()} without byte-order mark", encoding)
    return encoding


def _unmarked(start: bytes) -> str | None:
    """UTF-16 without a byte-order mark: line feeds, digits and separators have a zero beside."""
    sample = start[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if 10 * (even + odd) < len(sample):
        return None
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else None


def _is_utf8(start: bytes, encoding: str) -> bool:
    """Whether it is UTF-8 with characters that another encoding would hardly come to by chance."""
    if start.isascii():
        return False
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return encoding != "gb18030" or _WIDE.search(text) is not None


def _differs(source: SourceFile, found: str, wanted: str) -> CitizengraphError:
    words = f"{source.path} looks like {found}; the mapping says {_SHOWN.get(wanted, wanted)}."
    return invalid(words, "Name the right encoding in the mapping, or convert the file to UTF-8.")
