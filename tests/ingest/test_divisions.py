"""Division codes by all revisions of GB/T 2260, against the published table of revisions."""

import json
import os
import subprocess
import sys
from itertools import pairwise

import pytest

from ingest.divisions import first_revision, in_force, in_force_since, periods_of
from tests.brp_oracle import shared_data

RETIRED_BY_2019 = 3822


@pytest.fixture(scope="module")
def revisions() -> dict[str, set[str]]:
    path = shared_data() / "codes" / "gb2260-revisions.json"
    if not path.exists():
        reason = f"no {path}: set CITIZENGRAPH_SHARED_DATA"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    content = json.loads(path.read_text(encoding="utf-8"))
    return {month: set(codes) for month, codes in sorted(content.items())}


def test_every_code_of_every_revision(revisions: dict[str, set[str]]) -> None:
    assert (len(revisions), first_revision()) == (82, "198012")
    everything = set().union(*revisions.values())
    for month, codes in revisions.items():
        date = f"{month[:4]}-{month[4:]}"
        assert all(in_force(code, date) for code in codes)
    for code in everything:
        held = [code in codes for codes in revisions.values()]
        assert len(periods_of(code)) == sum(
            here and not before for before, here in pairwise([False, *held])
        )


def test_codes_that_a_revision_retired_are_not_in_force_after_it(
    revisions: dict[str, set[str]],
) -> None:
    """Between two revisions the older one is in force; in the month of the newer one both are."""
    retired = 0
    months = list(revisions)
    for before, month in pairwise(months):
        later = [m for m in months if m > month][:1]
        for code in revisions[before] - revisions[month]:
            retired += 1
            assert in_force(code, f"{month[:4]}-{month[4:]}")
            if later and code not in revisions[later[0]]:
                assert not in_force(code, f"{later[0][:4]}-{later[0][4:]}-01")
    assert retired > RETIRED_BY_2019


def test_codes_since_a_birth(revisions: dict[str, set[str]]) -> None:
    everything, last = set().union(*revisions.values()), revisions["201904"]
    gone = everything - last
    assert len(gone) == RETIRED_BY_2019
    assert all(in_force_since(code, "1950-01-01") for code in everything)
    assert not any(in_force_since(code, "2019-05-01") for code in gone)
    assert all(in_force_since(code, "2026-01-01") for code in last)


@pytest.mark.parametrize(
    ("code", "date", "expected"),
    [
        ("110103", "2010-01-01", True),
        ("110103", "2015-01-01", False),
        ("110103", "1970", True),
        ("110103", "2015", False),
        ("119999", "1950-01-01", False),
        ("830000", "2018-09", True),
        ("830000", "2017-01-01", False),
        ("", "2000-01-01", False),
    ],
)
def test_in_force(code: str, date: str, expected: bool) -> None:
    assert in_force(code, date) == expected


def test_the_tables_are_read_when_first_needed_and_not_kept() -> None:
    script = (
        "import sys, ingest.divisions as d\n"
        "assert not any(n.startswith('gb2260') for n in sys.modules)\n"
        "assert d.in_force('110105', '2000-01-01')\n"
        "assert not any('revision_' in n for n in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env=os.environ, timeout=60)
