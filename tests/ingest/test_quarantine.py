"""What was not loaded is listed with its reason, corrected, replayed, dismissed, exported."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from graph import quarantine as statements
from graph.store import Store
from ingest.entries import Entry, Filters, counts, dismiss, entries, entries_by_id, fix
from ingest.export import export, harmless
from ingest.formats import open_reader
from ingest.quarantine import quarantine_rows
from ingest.rebuild import digest
from ingest.records import Delivery, Options, Problem, Reading, Unit
from ingest.replay import replay
from ingest.run import RunReport, ingest
from ingest.source import examine
from ingest.undo import undo
from runtime.errors import CitizengraphError
from tests.ingest.conftest import wipe

TODAY = "2026-11-23"
EXAMPLE = Path(__file__).parent / "examples" / "household.csv"
MOTHER = "110103195308020028"
SON = "110101197911200097"


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


def household(path: Path, **changes: str) -> Path:
    """The example register; of the son's row the columns named say something else."""
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["公民身份号码"] == SON:
            row.update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
    return path


async def deliver(store: Store, path: Path, delivered: str = "2026-01-01T00:00:00Z") -> RunReport:
    source = examine(path)
    reader = open_reader("tabular", source, "household", Options())
    what = Delivery("tabular", "household", path.name, source.sha256, delivered, "tester")
    return await ingest(store, what, reader, today=TODAY)


async def found(store: Store, **filters: Any) -> list[Entry]:
    return [entry async for entry in entries(store, Filters(**filters))]


async def one(store: Store, **filters: Any) -> Entry:
    (entry,) = await found(store, **filters)
    return entry


async def code_of(action: Any) -> str:
    with pytest.raises(CitizengraphError) as caught:
        await action
    return caught.value.code


async def test_an_entry_says_where_what_and_why(store: Store, tmp_path: Path) -> None:
    path = household(tmp_path / "h.csv", 出生日期="19791121")
    report = await deliver(store, path)
    assert (report.counts.read, report.counts.quarantined) == (report.counts.created + 1, 1)
    entry = await one(store)
    assert (entry.file, entry.register, entry.format) == ("h.csv", "household", "tabular")
    assert (entry.run, entry.id) == (report.run, f"{report.run}/{entry.number}")
    assert entry.code == "BIRTH_DATE_MISMATCH" and entry.whole and entry.state == "open"
    assert path.read_text(encoding="utf-8").splitlines()[entry.row - 1].count(SON) == 1
    assert "1979-11-20" in entry.reason and SON in json.dumps(entry.raw)
    assert (await found(store, code="ROW_BROKEN"), await found(store, register="brp")) == ([], [])
    assert [e.id for e in await found(store, code=entry.code, run=report.run)] == [entry.id]
    assert await found(store, state="dismissed") == []
    assert await counts(store, Filters()) == [
        {"state": "open", "code": "BIRTH_DATE_MISMATCH", "whole": True, "count": 1}
    ]


async def test_corrected_and_replayed_is_as_if_it_had_been_right(
    store: Store, tmp_path: Path
) -> None:
    await deliver(store, household(tmp_path / "right.csv"))
    right = await digest(store)
    await wipe(store)
    await deliver(store, household(tmp_path / "h.csv", 出生日期="19791121", 性别="2"))
    entry = await one(store)
    assert entry.more
    assert await digest(store) != right
    corrected = await fix(store, entry.id, [("出生日期", "19791120"), ("性别", "1")], 0, "officer")
    assert [(f.field, f.value, f.by) for f in corrected.fixes] == [
        ("出生日期", "19791120", "officer"),
        ("性别", "1", "officer"),
    ]
    assert corrected.raw == entry.raw
    (report,) = await replay(store, [corrected], who="officer", today=TODAY)
    assert (report.of, report.replayed, report.failed) == (entry.run, 1, 0)
    assert report.run.delivery.delivered == "2026-01-01T00:00:00Z"
    done = await one(store)
    assert (done.state, done.replay_run, done.decided_by) == ("replayed", report.run.run, "officer")
    assert done.raw == entry.raw and len(done.fixes) == 2
    assert await digest(store) == right


async def test_what_fails_again_stays_with_its_new_reason(store: Store, tmp_path: Path) -> None:
    await deliver(store, household(tmp_path / "h.csv", 出生日期="19791121"))
    entry = await one(store)
    corrected = await fix(store, entry.id, [("出生日期", "nonsense")], 0, "officer")
    (report,) = await replay(store, [corrected], who="officer", today=TODAY)
    assert (report.replayed, report.failed) == (0, 1)
    counts_of = report.run.counts
    assert (counts_of.read, counts_of.quarantined) == (1, 1)
    again = await one(store)
    assert (again.id, again.state, again.code) == (entry.id, "open", "DATE_INVALID")
    assert again.value == "nonsense" and again.raw == entry.raw
    right = await fix(store, entry.id, [("出生日期", "19791120")], 0, "officer")
    (report,) = await replay(store, [right], who="officer", today=TODAY)
    assert (report.replayed, (await one(store)).state) == (1, "replayed")


async def test_a_correction_must_name_a_column_and_an_open_entry(
    store: Store, tmp_path: Path
) -> None:
    await deliver(store, household(tmp_path / "h.csv", 出生日期="19791121"))
    entry = await one(store)
    assert await code_of(fix(store, entry.id, [("生日", "x")], 0, "me")) == "BAD_ARGUMENT"
    assert await code_of(fix(store, "9/9", [("性别", "1")], 0, "me")) == "BAD_ARGUMENT"
    assert (await one(store)).fixes == ()
    await dismiss(store, [entry.id], "no such person", "me")
    assert await code_of(fix(store, entry.id, [("性别", "1")], 0, "me")) == "BAD_ARGUMENT"


async def test_dismissed_with_a_reason_by_somebody(store: Store, tmp_path: Path) -> None:
    await deliver(store, household(tmp_path / "h.csv", 出生日期="19791121"))
    entry = await one(store)
    assert await code_of(dismiss(store, [entry.id], "  ", "me")) == "BAD_ARGUMENT"
    assert await code_of(dismiss(store, [entry.id, "9/9"], "why", "me")) == "BAD_ARGUMENT"
    assert (await one(store)).state == "open"
    assert await dismiss(store, [entry.id], "a test entry", "officer") == 1
    done = await one(store)
    assert (done.state, done.note, done.decided_by) == ("dismissed", "a test entry", "officer")
    assert done.decided_at and await replay(store, [done], who="me", today=TODAY) == []
    assert await code_of(dismiss(store, [entry.id], "again", "me")) == "BAD_ARGUMENT"


async def test_set_aside_again_replaces_the_open_entry(store: Store, tmp_path: Path) -> None:
    """The same record with the same fault, in a later file."""
    bad = {"出生日期": "19791121"}
    first = await deliver(store, household(tmp_path / "a.csv", **bad))
    later = household(tmp_path / "b.csv", **bad)
    later.write_text(later.read_text("utf-8").replace("李小妹", "李二妹"), "utf-8")
    second = await deliver(store, later, "2026-02-01T00:00:00Z")
    states = {entry.run: (entry.state, entry.note) for entry in await found(store)}
    newest = (await one(store, state="open")).id
    assert states == {first.run: ("repeated", newest), second.run: ("open", None)}


async def test_an_undone_run_is_not_replayed(store: Store, tmp_path: Path) -> None:
    report = await deliver(store, household(tmp_path / "h.csv", 出生日期="19791121"))
    entry = await one(store)
    await undo(store, report.run, who="me", today=TODAY)
    assert await code_of(replay(store, [entry], who="me", today=TODAY)) == "BAD_ARGUMENT"


async def test_pages_hold_every_entry_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.entries.PAGE_ENTRIES", 7)
    what = Delivery("tabular", "household", "f", "x", "2026-01-01T00:00:00Z", "me")
    problem = Problem(1, "f", "v", "VALUE_INVALID", "words")
    rows = [
        row
        for run in (9, 10)
        for number in range(1, 24)
        for row in quarantine_rows(
            run, what, Unit(number, number, [run, number]), Reading("r", refused=(problem,))
        )
    ]
    await store.write([(statements.record(), {"rows": rows})])
    places = [(entry.run, entry.number) for entry in await found(store)]
    assert places == [(run, number) for run in (9, 10) for number in range(1, 24)]
    assert len([e async for e in entries(store, Filters(), limit=10)]) == 10
    assert await code_of(entries_by_id(store, ["9/1", "9/24"])) == "BAD_ARGUMENT"


def test_values_left_out_are_an_entry_beside_the_record() -> None:
    what = Delivery("brp", "brp", "f.csv", "x", "2026-01-01T00:00:00Z", "me")
    problems = (
        Problem(4, "03.03.10", "19480538", "VALUE_INVALID", "there is no such day"),
        Problem(5, "01.02.40", "half \ud800", "DATE_INVALID", "words"),
    )
    (row,) = quarantine_rows(3, what, Unit(2, 4, {"b": "\ud800"}), Reading("r", set_aside=problems))
    assert row["id"] == "3/2/values" and row["once"]["whole"] is False
    assert row["said"]["codes"] == ["DATE_INVALID", "VALUE_INVALID"]
    assert json.loads(row["said"]["more"])[0]["value"] == "half \\ud800"
    assert json.loads(row["once"]["raw"]) == {"b": "\ud800"}
    json.dumps(row, ensure_ascii=False).encode()


async def test_export_is_complete_private_and_harmless(store: Store, tmp_path: Path) -> None:
    await deliver(store, household(tmp_path / "h.csv", 出生日期="=CMD('x')"))
    entry = await one(store)
    table, lines = tmp_path / "out.csv", tmp_path / "out.jsonl"
    assert await export(entries(store, Filters()), table, "csv") == 1
    assert await export(entries(store, Filters()), lines, "jsonl") == 1
    assert stat.S_IMODE(table.stat().st_mode) == stat.S_IMODE(lines.stat().st_mode) == 0o600
    with table.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["id"], row["code"]) == (entry.id, "DATE_INVALID")
    assert row["value"] == "'=CMD('x')"
    assert json.loads(lines.read_text("utf-8"))["value"] == "=CMD('x')"
    assert await code_of(export(entries(store, Filters()), table, "csv")) == "BAD_ARGUMENT"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["h.csv", "out.csv", "out.jsonl"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_other_cells_are_as_they_are() -> None:
    assert [harmless(t) for t in ("", "李娜", "1-2", "a=b")] == ["", "李娜", "1-2", "a=b"]
