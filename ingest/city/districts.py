"""Divisions of the city and of places people came from (GB/T 2260), with when each was in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from random import Random

CITY = "北京市"
# 崇文区 and 宣武区 were merged into their neighbours in July 2010; numbers issued there stay.
MERGED = date(2010, 7, 1).toordinal()
MERGED_SHARE = 0.4
SPREAD_DEGREES = 0.02


@dataclass(frozen=True)
class District:
    """A division in force today, its share of the city, its centre, what was merged into it."""

    code: str
    name: str
    weight: int
    centre: tuple[float, float]
    merged: str = ""


DISTRICTS = (
    District("110101", "东城区", 20, (116.416, 39.928), merged="110103"),
    District("110102", "西城区", 18, (116.366, 39.912), merged="110104"),
    District("110105", "朝阳区", 22, (116.443, 39.921)),
    District("110106", "丰台区", 15, (116.287, 39.858)),
    District("110107", "石景山区", 9, (116.223, 39.906)),
    District("110108", "海淀区", 16, (116.298, 39.959)),
)
NAMES = {
    **{d.code: f"{CITY}{d.name}" for d in DISTRICTS},
    "110103": "北京市崇文区",
    "110104": "北京市宣武区",
    "120101": "天津市和平区",
    "130102": "河北省石家庄市长安区",
    "210102": "辽宁省沈阳市和平区",
    "370102": "山东省济南市历下区",
    "420102": "湖北省武汉市江岸区",
}
ELSEWHERE = ("120101", "130102", "210102", "370102", "420102")
IN_FORCE = (*(d.code for d in DISTRICTS), *ELSEWHERE)
_STREETS = (
    "长宁街", "安泰路", "和平里西街", "文景胡同", "青年路", "松涛巷", "学府路", "临河大街",
    "槐荫胡同", "光明南里", "永昌路", "西直巷", "新桥街", "石榴园路", "望海胡同", "梧桐里",
)  # fmt: skip


def any_district(random: Random) -> int:
    """Index of a district, by its share."""
    weights = [d.weight for d in DISTRICTS]
    return random.choices(range(len(DISTRICTS)), weights)[0]


def issuing_code(random: Random, district: int, day: int) -> str:
    """Code under which a number was issued in the district on the day."""
    declared = DISTRICTS[district]
    if declared.merged and day < MERGED and random.random() < MERGED_SHARE:
        return declared.merged
    return declared.code


def address(random: Random, district: int) -> str:
    """An invented street address in the district."""
    street = random.choice(_STREETS)
    number, unit, room = random.randint(1, 320), random.randint(1, 12), random.randint(101, 2404)
    return f"{CITY}{DISTRICTS[district].name}{street}{number}号{unit}单元{room}室"


def coordinates(district: int, address: str) -> tuple[float, float]:
    """Longitude and latitude of the house that an address begins with, not far from the centre."""
    house = blake2b(address.partition("号")[0].encode(), digest_size=4).digest()
    shares = (int.from_bytes(part, "big") / 0xFFFF for part in (house[:2], house[2:]))
    longitude, latitude = (
        round(middle + (2 * share - 1) * SPREAD_DEGREES, 6)
        for middle, share in zip(DISTRICTS[district].centre, shares, strict=True)
    )
    return longitude, latitude
