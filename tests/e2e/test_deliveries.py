"""What a register delivered, corrected and withdrew, as the gateway answers it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from stack import Stack

EXAMPLE = Path(__file__).parents[1] / "ingest" / "examples" / "household.csv"
NUMBER, DISTRICT = "110103195308020028", "110101"
QUERY = """query ($number: String!, $first: DateTime!, $then: Date!) {
  person(citizenNumber: $number) {
    citizenNumber
    name
    asFirstKnown: name(asKnown: $first)
    maritalStatus
    homes: households { edges { node { bookNumber } validFrom register } }
    homesThen: households(asOf: $then) { edges { node { bookNumber } } }
    facts { field value register record disputed }
  }
}"""


def deliver(stack: Stack, directory: Path, name: str, **changes: str) -> None:
    """The row of one person, changed, as a delivery of the household register."""
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["公民身份号码"] == NUMBER]
    path = directory / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerow({**rows[0], **changes})
    stack.command("ingest", "tabular", str(path), "--register", "household")


def ask(stack: Stack) -> Any:
    variables = {"number": NUMBER, "first": "1990-01-01T00:00:00Z", "then": "1980-01-01"}
    reply = stack.ask("caseworker", QUERY, variables, district=DISTRICT)
    return reply.data["person"]


def test_delivered_corrected_withdrawn(stack: Stack, tmp_path: Path) -> None:
    deliver(stack, tmp_path, "first")
    person = ask(stack)
    assert (person["name"], person["asFirstKnown"]) == ("李秀英", "李秀英")
    (home,) = person["homes"]["edges"]
    assert home["node"]["bookNumber"] == "110101000123"
    assert (home["validFrom"], home["register"]) == ("1985-06-01", "household")
    assert person["homesThen"]["edges"] == []
    corrected = {"姓名": "李秀瑛", "登记时间": "2026-02-01 09:00:00"}
    deliver(stack, tmp_path, "corrected", **corrected)
    person = ask(stack)
    assert (person["name"], person["asFirstKnown"]) == ("李秀瑛", "李秀英")
    names = [fact for fact in person["facts"] if fact["field"] == "name"]
    assert [(fact["value"], fact["disputed"]) for fact in names] == [("李秀瑛", False)]
    withdrawn = {"登记时间": "2026-03-01 09:00:00", "操作": "删除"}
    deliver(stack, tmp_path, "withdrawn", **withdrawn)
    reply = stack.ask(
        "caseworker",
        "query ($number: String!) { person(citizenNumber: $number) { name } }",
        {"number": NUMBER},
        district=DISTRICT,
    )
    assert reply.data["person"] is None or reply.data["person"]["name"] is None
