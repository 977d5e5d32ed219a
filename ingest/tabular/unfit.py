"""What converters of values raise."""

from __future__ import annotations


class Unfit(Exception):
    """A value that does not fit its column; `code` is declared in rules.yaml."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
