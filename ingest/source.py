"""A source file, opened with care: an ordinary file of text or columns, and nothing else."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from runtime.errors import CitizengraphError

LINE_BYTES_MAX = 1_048_576
CHUNK_BYTES = 1_048_576
_PACKED = {
    b"PK\x03\x04": "ZIP",
    b"PK\x05\x06": "ZIP",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!": "RAR",
    b"\xd0\xcf\x11\xe0": "Office document before 2007",
}
_HIGH = re.compile(b"[\x80-\xff]+")
_SINGLE = re.compile(b"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


@dataclass(frozen=True)
class SourceFile:
    """An ordinary file and its content's SHA-256; `identity` tells whether it was replaced."""

    path: Path
    size: int
    sha256: str
    identity: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name without directories, as it is shown."""
        return self.path.name

    def open(self) -> BinaryIO:
        """The content. Raises SOURCE_INVALID if it is another file than the one examined."""
        file = _open(self.path)
        if _identity(file) != self.identity:
            file.close()
            raise invalid(
                f"{self.path} changed while it was being read.",
                "Ingest it again when nobody writes it any more.",
            )
        return file

    def lines(self, encoding: str = "utf-8-sig") -> Iterator[str]:
        """Lines with their ends, decoded; none longer than LINE_BYTES_MAX.

        Raises SOURCE_INVALID naming the line that is too long, or the byte that fits no character.
        """
        if encoding.startswith(("utf-16", "utf-32")):
            yield from self._wide_lines(encoding)
            return
        decoder = codecs.getincrementaldecoder(encoding)()
        number, place = 0, 0
        with self.open() as file:
            try:
                while chunk := file.readline(LINE_BYTES_MAX + 1):
                    number += 1
                    if len(chunk) > LINE_BYTES_MAX:
                        raise self._too_long(number)
                    yield decoder.decode(chunk)
                    place += len(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError as error:
                raise self._undecodable(number, place + error.start, encoding) from error

    def _wide_lines(self, encoding: str) -> Iterator[str]:
        """Lines of an encoding in which a line feed is more than one byte."""
        decoder = codecs.getincrementaldecoder(encoding)()
        number, place, rest = 0, 0, ""
        with self.open() as file:
            try:
                while chunk := file.read(CHUNK_BYTES // 16):
                    *whole, rest = (rest + decoder.decode(chunk)).split("\n")
                    for line in whole:
                        number += 1
                        yield f"{line}\n"
                    if 2 * len(rest) > LINE_BYTES_MAX:
                        raise self._too_long(number + 1)
                    place += len(chunk)
                rest += decoder.decode(b"", final=True)
            except UnicodeDecodeError as error:
                raise self._undecodable(number + 1, place + error.start, encoding) from error
        if rest:
            yield rest

    def _too_long(self, line: int) -> CitizengraphError:
        words = f"{self.path}, line {line}: longer than {LINE_BYTES_MAX:,} bytes."
        return invalid(words, "Give a file with one record on a line.")

    def _undecodable(self, line: int, byte: int, encoding: str) -> CitizengraphError:
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        words = f"{self.path}, line {line}: byte {byte} fits no character of {name}."
        likely = self._likely_encoding()
        hint = f"It looks like {likely}. " if likely else ""
        return invalid(words, f"{hint}Convert it to UTF-8, or name its encoding in the mapping.")

    def _likely_encoding(self) -> str:
        """GB 18030 writes characters in pairs of bytes, Latin-1 mostly has single ones."""
        with self.open() as file:
            sample = file.read(CHUNK_BYTES)
        high, single = len(_HIGH.findall(sample)), len(_SINGLE.findall(sample))
        if 2 * single > high:
            return "Latin-1"
        try:
            codecs.getincrementaldecoder("gb18030")().decode(sample)
        except UnicodeDecodeError:
            return ""
        return "GB 18030"


def examine(path: Path, progress: Callable[[int], None] | None = None) -> SourceFile:
    """Look at a file before anything is read from it; `progress` gets bytes.

    Raises SOURCE_INVALID for what is no ordinary file, is empty, or is packed.
    """
    with _open(path) as file:
        identity, digest, size = _identity(file), sha256(), 0
        while chunk := file.read(CHUNK_BYTES):
            if not size:
                _refuse_packed(path, chunk)
            digest.update(chunk)
            size += len(chunk)
            if progress is not None:
                progress(len(chunk))
    if not size:
        raise invalid(f"{path} is empty.", "Give the file as the register delivered it.")
    return SourceFile(path, size, digest.hexdigest(), identity)


def marked_encoding(start: bytes) -> str | None:
    """UTF-16 or UTF-32 by the byte-order mark that the content starts with."""
    return next((name for mark, name in _MARKS.items() if start.startswith(mark)), None)


def invalid(message: str, hint: str = "") -> CitizengraphError:
    """SOURCE_INVALID with the words."""
    return CitizengraphError("SOURCE_INVALID", message, hint)


def _open(path: Path) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            words = f"{path} is a symbolic link."
            raise invalid(words, "Give the file itself, not a link to it.") from error
        raise invalid(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise invalid(f"{path} is not a file.", "Give one file, not a directory or a device.")
    return os.fdopen(descriptor, "rb")


def _identity(file: BinaryIO) -> tuple[int, ...]:
    found = os.fstat(file.fileno())
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def _refuse_packed(path: Path, start: bytes) -> None:
    for mark, name in _PACKED.items():
        if start.startswith(mark):
            words = f"{path} is a packed file ({name})."
            raise invalid(words, "Unpack it, look at what is in it, and give that.")
