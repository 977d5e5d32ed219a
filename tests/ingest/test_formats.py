"""Formats are found by their files, and say what they need."""

from __future__ import annotations

import sys

import pytest

from ingest.formats import FORMATS, default_register, open_reader
from ingest.records import Options
from ingest.registers import registers
from runtime.errors import CitizengraphError


def test_every_file_is_a_format_with_a_declared_register() -> None:
    assert FORMATS == ("bods", "brp", "gedcom", "tabular")
    named = {name: default_register(name) for name in FORMATS}
    assert named["tabular"] is None
    assert {register for register in named.values() if register} <= registers().keys()


def test_a_format_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.startswith(("ingest.gedcom", "ged4py"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "ingest.formats.gedcom", raising=False)
    monkeypatch.setitem(sys.modules, "ged4py", None)
    monkeypatch.setitem(sys.modules, "ged4py.parser", None)
    with pytest.raises(CitizengraphError) as caught:
        open_reader("gedcom", None, "genealogy", Options())
    assert caught.value.code == "FORMAT_UNAVAILABLE"
    assert "[gedcom]" in caught.value.hint
