"""A household register of any size, 1 % of it broken in twenty ways, for measuring ingest.

`python -m bench.ingest_million --rows N --out FILE` writes the CSV, and FILE.expected.json: the
code that each broken row must get, by row. The same arguments write the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.breakage import WAYS, Row, line
from bench.families import Book, Families, Member

BROKEN_EVERY = 100
COMMA_EVERY = 50
LINE_END_EVERY = 1000


@dataclass(frozen=True)
class Written:
    """Records, and the code that each broken one must get, by the line on which it begins."""

    rows: int
    expected: dict[int, str]


def write(path: Path, rows: int, seed: int = 2026) -> Written:
    """Write the CSV and the expected codes beside it."""
    expected: dict[int, str] = {}
    place = 2
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(_HEADER) + "\n")
        for text, code in _lines(rows, seed):
            file.write(text)
            if code:
                expected[place] = code
            place += text.count("\n")
    words = json.dumps({str(row): code for row, code in expected.items()}, indent=0)
    path.with_name(f"{path.name}.expected.json").write_text(words + "\n", encoding="utf-8")
    return Written(rows, expected)


def _lines(rows: int, seed: int) -> Iterator[tuple[str, str]]:
    families, serial = Families(seed), 0
    for book in families.books():
        for member in book.members:
            serial += 1
            if serial > rows:
                return
            row = _row(serial, book, member)
            if serial % BROKEN_EVERY:
                yield line(row), ""
            else:
                code, broken = WAYS[serial // BROKEN_EVERY % len(WAYS)]
                yield broken(row, families), code


_HEADER = (
    *("登记编号", "户号", "户别", "住址", "区划代码", "姓名", "曾用名", "公民身份号码", "性别"),
    *("民族", "出生日期", "出生地", "婚姻状况", "与户主关系", "母亲公民身份号码"),
    *("父亲公民身份号码", "迁入日期", "迁出日期", "死亡日期", "依据材料", "登记时间", "操作"),
)


def _row(serial: int, book: Book, member: Member) -> Row:
    home = book.address
    if serial % COMMA_EVERY == 1:
        home += ", 后门"
    if serial % LINE_END_EVERY == 2:
        home += "\n(临时)"
    born = member.born.strftime("%Y%m%d")
    values = (
        *(f"{serial:08d}", book.number, "家庭户", home, book.division, member.name, ""),
        *(member.number, "1" if member.male else "2", "汉族", born, "", member.marital),
        *(member.relation, member.mother, member.father, born, "", "", "常住人口登记表"),
        *(f"2026-10-{1 + serial % 28:02d} 08:{serial % 60:02d}:00", "登记"),
    )
    return dict(zip(_HEADER, values, strict=True))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.ingest_million")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    written = write(asked.out, asked.rows, asked.seed)
    print(f"{written.rows:,} rows, {len(written.expected):,} of them broken: {asked.out}")


if __name__ == "__main__":
    main()
