"""Source formats: one file each, with `open_reader(source, register, options) -> Reader`.

`source` is None where single records are read again from the quarantine. `REGISTER` is the register
that delivers the format unless another is named; a format that any register uses has none.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Protocol, cast

from ingest.records import Options, Reader
from ingest.source import SourceFile
from runtime.errors import CitizengraphError

FORMATS = tuple(sorted(module.name for module in iter_modules(__path__)))


class _Format(Protocol):
    def open_reader(self, source: SourceFile | None, register: str, options: Options) -> Reader: ...


def open_reader(name: str, source: SourceFile | None, register: str, options: Options) -> Reader:
    """The reader of a format. Raises SOURCE_INVALID where the file is not one of that format."""
    return cast("_Format", _module(name)).open_reader(source, register, options)


def default_register(name: str) -> str | None:
    """The register that delivers the format unless another is named."""
    return getattr(_module(name), "REGISTER", None)


def _module(name: str) -> ModuleType:
    try:
        return import_module(f"ingest.formats.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "ingest":
            raise
        words = f"The format {name} needs the library {error.name}, which is not installed."
        hint = f"Install it: python -m pip install -e '.[{name}]'"
        raise CitizengraphError("FORMAT_UNAVAILABLE", words, hint) from error
