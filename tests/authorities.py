"""Bodies that may and may not issue licences, beside the family."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import Fact, NodeFact
from ingest.city.identifiers import credit_code
from tests.family import AWAY, HOME, source

POLICE = credit_code("11", HOME, 901)
POLICE_AWAY = credit_code("11", AWAY, 902)
MARKET = credit_code("11", HOME, 903)
CIVIL = credit_code("11", HOME, 904)
HEALTH = credit_code("11", HOME, 906)
NAMED_LIKE_POLICE = credit_code("91", HOME, 905)
BODIES = (
    (POLICE, "北京市公安局东城分局", "GOVERNMENT", HOME),
    (POLICE_AWAY, "北京市公安局海淀分局", "GOVERNMENT", AWAY),
    (MARKET, "北京市东城区市场监督管理局", "GOVERNMENT", HOME),
    (CIVIL, "北京市东城区民政局", "GOVERNMENT", HOME),
    (HEALTH, "北京市东城区卫生健康委员会", "GOVERNMENT", HOME),
    (NAMED_LIKE_POLICE, "公安局主题餐厅有限公司", "COMPANY", HOME),
)


def bodies() -> Iterator[Fact]:
    """The authorities, as the register of legal entities has them."""
    for code, name, kind, district in BODIES:
        fields = {"creditCode": code, "name": name, "kind": kind, "status": "ACTIVE"}
        where = source(code, register="legal-entity")
        yield NodeFact("LegalEntity", f"USCC:{code}", where, {**fields, "district": district})
