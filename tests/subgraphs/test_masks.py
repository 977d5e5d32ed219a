"""Each mask in Neo4j itself, on many values: it never tells more than it declares."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from graph.masks import BY_NAME, HIDDEN, MASKS, TAIL_LENGTH_MIN, written
from graph.store import Store
from runtime.neo4j.server import Neo4jAddress

LETTERS = "李娜孙丽abcXYZ0123456789 .-'é𠮷𠀀　/"
DIGITS = "0123456789"


def texts(random: Random) -> list[str]:
    """Names, numbers and codes; short, long and with characters beyond the first plane."""
    found = ["", " ", "李", "𠮷野家", "Jan de Vries", " Jan  de ", "110101", "11010119900307002X"]
    for letters in (LETTERS, DIGITS, DIGITS):
        for _ in range(300):
            found.append("".join(random.choices(letters, k=random.randint(0, 20))))
    return found + ["".join(random.choices(DIGITS, k=6)) for _ in range(100)]


def days(random: Random) -> list[str]:
    """Dates as precise as a source knows them."""
    whole = [
        f"{random.randint(1000, 2100)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        for _ in range(300)
    ]
    return [day[: random.choice((4, 7, 10))] for day in whole]


def declared(mask: str, value: str) -> str:
    """What the mask declares to tell, in plain Python."""
    match mask:
        case "region-only":
            return value[:2] if re.fullmatch("[0-9]{6}", value, re.ASCII) else HIDDEN
        case "initials":
            return " ".join(word[0] for word in value.split(" ") if word)
        case "last-four":
            return value[-4:] if len(value) >= TAIL_LENGTH_MIN else ""
        case "year-only":
            return value[:4]
        case _:
            return ""


async def masked(store: Store, mask: str, values: list[str | None]) -> list[str | None]:
    text = f"UNWIND $values AS value RETURN {written(mask, 'value')} AS shown"
    return [row["shown"] for row in await store.read(text, {"values": values})]


@pytest.mark.parametrize("mask", [mask.name for mask in MASKS])
async def test_a_mask_tells_what_it_declares_and_no_more(
    mask: str, neo4j_server: Neo4jAddress
) -> None:
    random = Random(f"mask {mask}")
    values = days(random) if BY_NAME[mask].type == "PartialDate" else texts(random)
    store = Store.connect(*neo4j_server)
    try:
        found = await masked(store, mask, [*values])
        (nothing,) = await masked(store, mask, [None])
    finally:
        await store.close()
    assert nothing is None, "of no value nothing is left"
    by_declared: dict[str, set[str | None]] = {}
    for value, shown in zip(values, found, strict=True):
        assert isinstance(shown, str)
        told = declared(mask, value)
        by_declared.setdefault(told, set()).add(shown)
        rest = re.sub(r"[*]|0000$", "", shown) if mask != "year-only" else shown
        assert rest.replace(" ", "") == told.replace("*", "").replace(" ", ""), (value, shown)
    assert all(len(shown) == 1 for shown in by_declared.values()), "two that tell the same differ"


def test_the_strictest_stands_first_and_every_mask_is_documented() -> None:
    assert MASKS[0].name == "exists-only"
    assert len(BY_NAME) == len(MASKS)
    page = (Path(__file__).parents[2] / "docs" / "policies.md").read_text()
    rows = re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)
    assert rows == [mask.name for mask in MASKS]
