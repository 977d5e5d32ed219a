"""The steps of the tour: each asks the gateway as one of the people concerned."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cli import tour_queries as queries
from cli.client import Answer, Asker, Client, failure
from cli.story import Character
from runtime.errors import CitizengraphError
from runtime.keys import public_keys_file
from runtime.settings import Settings
from subgraphs.proofs.checking import checked
from subgraphs.proofs.signing import KEY

SERVICE, SCHOOL = "school-enrolment", "school-enrolment"


@dataclass(frozen=True)
class Step:
    """One step: who acts, what came of it in words, and a table of it."""

    title: str
    title_zh: str
    who: str
    text: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str | None]] = field(default_factory=list[Sequence[str | None]])


class Enrolment:
    """A mother and her child of one district, and an office of another."""

    def __init__(self, client: Client, settings: Settings, story: Mapping[str, Character]) -> None:
        self._client = client
        self._settings = settings
        self._mother, self._child = story["applicant"], story["pupil"]
        self._office = story["elsewhere"]["district"]
        officer, colleague = story["caseworker"], story["colleague"]
        self._citizen = Asker("citizen", person=self._mother["number"])
        self._officer = Asker(
            "caseworker", self._office, person=officer["number"], worker=officer["worker"]
        )
        self._colleague = colleague
        self._run = secrets.token_hex(6)

    def steps(self) -> Iterator[Step]:
        """Each step after it was taken. Raises what the gateway refuses."""
        yield self._readiness()
        number, step = self._apply()
        yield step
        yield self._take(number)
        yield self._evidence(number)
        yield from self._departments(number)
        yield self._proof()
        yield self._decide(number)
        yield self._who_looked()

    def _ask(self, asker: Asker, query: str, step: str = "", **asked: Any) -> Answer:
        key = {"key": f"tour-{self._run}-{step}"} if step else {}
        answer = self._client.send(asker, query, {**asked, **key})
        if answer.errors and None in answer.data.values():
            raise failure(answer.errors)
        return answer

    def _readiness(self) -> Step:
        asked = {"service": SERVICE, "number": self._mother["number"], "office": self._office}
        found = self._ask(self._citizen, queries.READINESS, **asked, other=self._child["number"])
        told = found.data["readiness"]
        rows = [_requirement(line) for line in told["requirements"]]
        saved = len(told["papersSaved"])
        text = (
            f"She asks what enrolling {self._child['name']} needs, with two numbers and no form."
            f" {saved} papers need not be brought: the registers state what is in them."
        )
        columns = ["requirement", "state", "answered by", "instead of"]
        return Step("What is on file", "已在库的材料", self._home(), text, columns, rows)

    def _apply(self) -> tuple[str, Step]:
        number = self._applied()
        text = (
            f"Case {number} waits at the office of {self._office}, which is not hers."
            " What she may see of her own file is attached as evidence."
        )
        return number, Step("One application", "一号申请", self._home(), text)

    def _applied(self) -> str:
        """The new case; or the one that an earlier tour left open."""
        asked = {"service": SERVICE, "other": self._child["number"], "office": self._office}
        try:
            return self._ask(self._citizen, queries.APPLY, "apply", **asked).data["made"]["number"]
        except CitizengraphError as error:
            if error.code != "ALREADY_ON_FILE":
                raise
        me = self._ask(self._citizen, queries.MY_CASES, number=self._mother["number"]).data
        cases = [edge["node"] for edge in me["person"]["cases"]["edges"]]
        return next(c["number"] for c in cases if (c["service"], c["state"]) == (SERVICE, "OPEN"))

    def _seen_name(self) -> str | None:
        found = self._ask(self._officer, queries.NAME, number=self._mother["number"])
        return found.data["person"]["name"]

    def _take(self, number: str) -> Step:
        before = self._seen_name()
        self._ask(self._officer, queries.TAKE, "take", number=number)
        rows = [["before the case is taken", before], ["after", self._seen_name()]]
        text = "A case assigned to the caseworker opens its people to them; nothing else does."
        columns = ["her name, to the caseworker", ""]
        return Step("One window", "一窗受理", self._desk(), text, columns, rows)

    def _evidence(self, number: str) -> Step:
        papers = self._ask(self._officer, queries.EVIDENCE, number=number).data["evidenceOfCase"]
        rows = [[p["requirement"], p["state"], p["heldBy"], p["heldRecord"]] for p in papers]
        held = next(paper for paper in papers if paper["heldBy"])
        text = f"The caseworker asks her for what is on file ({held['requirement']}): "
        try:
            asked = {"number": number, "requirement": held["requirement"], "text": "请提供证明"}
            self._ask(self._officer, queries.REQUEST, "request", **asked)
            text += "the desk should have refused."
        except CitizengraphError as error:
            text += f"{error.code}. {error.message}"
        columns = ["requirement", "state", "register", "record"]
        return Step("Nothing twice", "不重复提交", self._desk(), text, columns, rows)

    def _departments(self, number: str) -> Iterator[Step]:
        found = self._ask(self._officer, queries.PARTS, number=number).data["case"]
        rows: list[Sequence[str | None]] = []
        for edge in found["parts"]["edges"]:
            part = edge["node"]
            if part["state"] == "OPEN":
                asker = Asker(
                    "caseworker",
                    self._office,
                    person=self._colleague["number"],
                    worker=self._colleague["worker"],
                    department=part["department"],
                )
                reference = part["reference"]
                self._ask(asker, queries.DECIDE_PART, f"part-{reference}", reference=reference)
            rows.append([part["department"], part["reference"], part["deadline"], "GRANTED"])
        text = "Each department sees its own part of the case, and decides it."
        columns = ["department", "part", "until", "decided"]
        yield Step("Every department", "并联审批", "The departments concerned", text, columns, rows)

    def _proof(self) -> Step:
        nonce = secrets.token_urlsafe(12)
        mother, child = (
            {"citizenNumber": person["number"]} for person in (self._mother, self._child)
        )
        asked = {"mother": mother, "child": child, "audience": SCHOOL, "nonce": nonce}
        found = self._ask(Asker(SCHOOL), queries.PROVE, "", **asked)
        token = found.data["proveRelationship"]["token"]
        keys = json.loads(public_keys_file(self._settings.home, KEY).read_text(encoding="utf-8"))
        claims = checked(token, keys, self._settings.proof_issuer, SCHOOL, nonce)
        rows = [[name, str(value)] for name, value in claims["claim"].items()]
        rows += [["in words", claims["words"]["en"]], ["说明", claims["words"]["zh"]]]
        text = (
            "The school asks whether she is the child's mother, and gets a signed answer, without a"
            " name, number or date. It checks the signature by the published keys, offline."
        )
        return Step("Proof, not data", "签名证明", "The school", text, ["claim", ""], rows)

    def _decide(self, number: str) -> Step:
        version = self._ask(self._officer, queries.PARTS, number=number).data["case"]["version"]
        self._ask(self._officer, queries.DECIDE, "decide", number=number, expects=version)
        rows = [["after the decision", self._seen_name()]]
        text = "The case is granted and closed, and the caseworker's access ends on the next query."
        columns = ["her name, to the caseworker", ""]
        return Step("Decided, and over", "办结", self._desk(), text, columns, rows)

    def _who_looked(self) -> Step:
        found = self._ask(self._citizen, queries.WHO_LOOKED).data["whoLooked"]
        rows = [_look(notice) for notice in found["notices"]]
        text = "Each of these looks was written down before it was answered; the newest first."
        columns = ["when", "who", "purpose", "shown of her", "denied"]
        return Step("Who looked", "查询留痕", self._home(), text, columns, rows)

    def _home(self) -> str:
        return f"{self._mother['name']}, online"

    def _desk(self) -> str:
        return f"A caseworker of {self._office}, where she does not live"


def _requirement(line: Mapping[str, Any]) -> list[str | None]:
    of = line["requirement"]
    sources = "; ".join(f"{s['register']} {s['record']}" for s in line["sources"])
    paper = of["replaces"]["label"]["en"] if of["replaces"] else None
    return [f"{of['label']['en']} · {of['label']['zh']}", line["state"], sources, paper]


def _look(notice: Mapping[str, Any]) -> list[str | None]:
    shown = ", ".join(field["label"]["en"] for field in notice["shown"])
    denied = ", ".join(field["label"]["en"] for field in notice["denied"])
    return [notice["at"], notice["consumer"]["en"], notice["purpose"]["en"], shown, denied]
