"""Logs of the parts: bounded in size, without secrets, with the last lines at hand."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path

KEPT_FILES = 2
TAIL_LINES = 12
LINE_BYTES_MAX = 8_000


class PartLog:
    """HOME/logs/<part>.log, rotated to .1 and .2 at `bytes_max`."""

    def __init__(self, path: Path, bytes_max: int, secrets: Sequence[str]) -> None:
        self._path = path
        self._bytes_max = bytes_max
        self._secrets = [secret.encode() for secret in secrets if secret]
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._file = path.open("ab")

    def write(self, line: bytes) -> None:
        """Append one line, its secrets replaced by asterisks."""
        for secret in self._secrets:
            line = line.replace(secret, b"***")
        line = line.rstrip(b"\n")[:LINE_BYTES_MAX]
        self._tail.append(line.decode(errors="replace"))
        if self._file.tell() + len(line) > self._bytes_max:
            self._rotate()
        self._file.write(line + b"\n")
        self._file.flush()

    def tail(self) -> str:
        """The last lines."""
        return "\n".join(self._tail)

    def clear_tail(self) -> None:
        """Forget the lines of an earlier run of the part."""
        self._tail.clear()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _rotate(self) -> None:
        self._file.close()
        for number in range(KEPT_FILES, 0, -1):
            older = self._path.with_name(f"{self._path.name}.{number}")
            newer = self._path.with_name(f"{self._path.name}.{number - 1}")
            source = newer if number > 1 else self._path
            if source.exists():
                source.replace(older)
        self._file = self._path.open("ab")
