"""The facts that a bulk load leaves out: one JSON object a line, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import IO

import orjson


@dataclass(frozen=True, slots=True)
class Reject:
    """A fact left out; the line is counted from 1, or within its piece until that is known."""

    line: int
    code: str
    reason: str
    register: str = ""
    record: str = ""
    field: str = ""


class Rejects:
    """Writes what is left out, and counts it by code. `lines` are those of each piece."""

    def __init__(self, file: IO[bytes], lines: Sequence[int]) -> None:
        self._file = file
        self._lines = lines
        self.counts: Counter[str] = Counter()

    def write(self, piece: int, rejects: Iterable[Reject]) -> None:
        """Those of one piece; all pieces before it have been counted."""
        before = sum(self._lines[:piece])
        for reject in rejects:
            self.counts[reject.code] += 1
            said = {**asdict(reject), "line": before + reject.line}
            self._file.write(orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE))
