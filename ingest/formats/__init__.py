"""Source formats: one file each, with `open_reader(source, register, options) -> Reader`.

`source` is None where single records are read again from the quarantine. `REGISTER` is the register
that delivers the format unless another is named; a format that any register uses has none.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from ingest.records import Options, Reader
from ingest.source import SourceFile

FORMATS = tuple(sorted(module.name for module in iter_modules(__path__)))


class _Format(Protocol):
    def open_reader(self, source: SourceFile | None, register: str, options: Options) -> Reader: ...


def open_reader(name: str, source: SourceFile | None, register: str, options: Options) -> Reader:
    """The reader of a format. Raises SOURCE_INVALID where the file is not one of that format."""
    found = cast("_Format", import_module(f"ingest.formats.{name}"))
    return found.open_reader(source, register, options)


def default_register(name: str) -> str | None:
    """The register that delivers the format unless another is named."""
    return getattr(import_module(f"ingest.formats.{name}"), "REGISTER", None)
