"""Twenty ways in which a row of a household register is broken, each with the code it must get."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bench.families import Families
from ingest.city.identifiers import citizen_number

Row = dict[str, str]
NUMBER, BORN, SEX = "公民身份号码", "出生日期", "性别"
MOTHER, FATHER, ADDRESS = "母亲公民身份号码", "父亲公民身份号码", "住址"


def line(row: Row) -> str:
    """The row as a line of CSV, with a line feed; quoted where it must be."""
    return ",".join(map(_quoted, row.values())) + "\n"


def _quoted(value: str) -> str:
    if any(letter in value for letter in ',"\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _set(column: str, value: str) -> Callable[[Row, Families], str]:
    return lambda row, families: line({**row, column: value})


def _wrong_check(column: str) -> Callable[[Row, Families], str]:
    def broken(row: Row, families: Families) -> str:
        number = row[NUMBER]
        return line({**row, column: number[:17] + ("1" if number[17] != "1" else "2")})

    return broken


def _numbered(row: Row, division: str, day: str) -> str:
    number = citizen_number(division, day, 0, row[SEX] == "1")
    return line({**row, NUMBER: number, BORN: day.replace("-", "")})


def _retired_division(row: Row, families: Families) -> str:
    """110110 was retired in 1986; nobody born in 2001 has it."""
    return _numbered(row, "110110", "2001-05-17")


def _no_day_in_number(row: Row, families: Families) -> str:
    number = citizen_number(row[NUMBER][:6], "1990-02-30", 1, row[SEX] == "1")
    return line({**row, NUMBER: number})


def _other_birth(row: Row, families: Families) -> str:
    return line({**row, BORN: (_born(row) + timedelta(days=40)).strftime("%Y%m%d")})


def _other_sex(row: Row, families: Families) -> str:
    return line({**row, SEX: "2" if row[SEX] == "1" else "1"})


def _too_few(row: Row, families: Families) -> str:
    return ",".join(list(row.values())[:-2]) + "\n"


def _too_many(row: Row, families: Families) -> str:
    return line({**row, ADDRESS: "新桥街12号"}).replace("新桥街12号", "新桥街,12号")


def _open_quote(row: Row, families: Families) -> str:
    return line({**row, ADDRESS: "新桥街12号"}).replace("新桥街12号", '"新桥街12号')


def _own_parent(row: Row, families: Families) -> str:
    side, other = (FATHER, MOTHER) if row[SEX] == "1" else (MOTHER, FATHER)
    return line({**row, side: row[NUMBER], other: ""})


def _younger_parent(row: Row, families: Families) -> str:
    later = _born(row) + timedelta(days=400)
    return line({**row, FATHER: families.number(row[NUMBER][:6], later, True)})


def _two_mothers(row: Row, families: Families) -> str:
    division, before = row[NUMBER][:6], _born(row) - timedelta(days=10_000)
    mothers = [families.number(division, before, False) for _ in range(2)]
    return line({**row, MOTHER: mothers[0], FATHER: mothers[1]})


def _left_before_entering(row: Row, families: Families) -> str:
    return line({**row, "迁入日期": "20200301", "迁出日期": "20190301"})


def _born(row: Row) -> date:
    return date.fromisoformat(f"{row[BORN][:4]}-{row[BORN][4:6]}-{row[BORN][6:]}")


WAYS: tuple[tuple[str, Callable[[Row, Families], str]], ...] = (
    ("NUMBER_INVALID", _wrong_check(NUMBER)),
    ("NUMBER_INVALID", _wrong_check(MOTHER)),
    ("NUMBER_INVALID", _set(NUMBER, "11010119900101")),
    ("NUMBER_DATE", _no_day_in_number),
    ("DIVISION_NOT_IN_FORCE", _retired_division),
    ("VALUE_MISSING", _set(NUMBER, "")),
    ("VALUE_MISSING", _set("姓名", " ")),
    ("DATE_INVALID", _set(BORN, "19900231")),
    ("BIRTH_DATE_MISMATCH", _other_birth),
    ("SEX_MISMATCH", _other_sex),
    ("CODE_UNKNOWN", _set(SEX, "3")),
    ("CODE_UNKNOWN", _set("与户主关系", "98")),
    ("ROW_BROKEN", _too_few),
    ("ROW_BROKEN", _too_many),
    ("ROW_BROKEN", _open_quote),
    ("VALUE_INVALID", _set("姓名", "王\x00安")),
    ("OWN_PARENT", _own_parent),
    ("PARENT_YOUNGER", _younger_parent),
    ("TWO_BIRTH_MOTHERS", _two_mothers),
    ("DATES_REVERSED", _left_before_entering),
)
