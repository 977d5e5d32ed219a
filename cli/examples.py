"""First queries: what `citizengraph ask` prints and GraphiQL offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.client import Asker
from cli.story import Character, read_story
from gateway.configuration import Example, LoginChoice
from runtime.settings import Settings

PROOF = """\
query IsSheHerMother($mother: PersonRef!, $daughter: PersonRef!) {
  isMotherOf(person: $mother, of: $daughter) {
    answer
  }
}
"""

EVIDENCE = """\
query IsSheHerMother($mother: PersonRef!, $daughter: PersonRef!) {
  isMotherOf(person: $mother, of: $daughter) {
    answer
    reason
    relations {
      term
      termZh
      kind
      steps {
        kind
        register
        record
        validFrom
        recordedFrom
        from { name citizenNumber }
        to { name citizenNumber }
      }
    }
  }
}
"""

FAMILY = """\
query HerMothersHousehold($daughter: String!) {
  person(citizenNumber: $daughter) {
    name
    parents(kinds: [BIRTH], where: { sex: { equals: FEMALE } }) {
      edges {
        register
        record
        node {
          name
          households {
            edges {
              relationToHead
              node {
                address
                members {
                  edges {
                    relationToHead
                    node {
                      name
                      licences {
                        edges {
                          node {
                            kind
                            number
                            issuers {
                              edges {
                                node {
                                  name
                                  representatives { edges { node { name } } }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
"""

SCHOOL = """\
query MayEnrol($adult: PersonRef!, $child: PersonRef!, $number: String!) {
  isMotherOf(person: $adult, of: $child) { answer }
  person(citizenNumber: $number) { name }
}
"""

SIGNED = """\
query ProveParenthood($adult: PersonRef!, $child: PersonRef!) {
  proveRelationship(
    question: isMotherOf, person: $adult, of: $child
    audience: "school-enrolment", nonce: "a-new-one-each-time"
  ) { token reference expiresAt }
}
"""

CASES = """\
query MyCases {
  cases(where: { state: { equals: OPEN } }, orderBy: [{ field: deadline }]) {
    edges {
      node {
        number
        kind
        deadline
        subjects { edges { node { name district parents { edges { node { name } } } } } }
      }
    }
  }
}
"""

OPEN_CASE = """\
mutation EnrolAtTheWindow($key: String!, $mother: String!, $child: String!) {
  openCase(key: $key, service: "school-enrolment", citizenNumber: $mother, otherNumber: $child) {
    number
    version
    repeated
    case {
      deadline
      parts { edges { node { reference department deadline state } } }
      evidence { edges { node { requirement state heldBy heldRecord } } }
    }
  }
}
"""

PARTS = """\
{
  caseParts {
    edges { node { reference service state deadline version subjects { edges { node { id } } } } }
  }
}
"""

OWN = """\
query WhoAmI($number: String!) {
  person(citizenNumber: $number) {
    name
    facts { field value register record validFrom recordedFrom }
  }
}
"""


CERTIFICATES = """\
query WhatDidTheyStudy($number: String!) {
  person(citizenNumber: $number) {
    educationCertificates { level school major graduatedOn number }
  }
}
"""

CUSTODY = """\
query WhoHasCustody($child: PersonRef!) {
  custody(of: $child) {
    kind
    reason
    reasonZh
    missing
    holders { role person { name } }
    evidence { states register record }
  }
}
"""


def pair(mother: str, daughter: str) -> Mapping[str, Any]:
    """Variables of PROOF and EVIDENCE."""
    return {"mother": {"citizenNumber": mother}, "daughter": {"citizenNumber": daughter}}


def examples(settings: Settings) -> list[Example]:
    """Queries for GraphiQL about the people of the demonstration."""
    story = read_story(settings)
    if story is None:
        return []
    mother, daughter, child = (story[who]["number"] for who in ("mother", "daughter", "child"))
    return [
        Example(
            "Is she her mother? · 她是她的母亲吗?", EVIDENCE, pair(mother, daughter), "caseworker"
        ),
        Example(
            "Her mother's household · 母亲的家庭", FAMILY, {"daughter": daughter}, "caseworker"
        ),
        Example(
            "May she enrol the child? · 入学核验",
            SCHOOL,
            {
                "adult": {"citizenNumber": daughter},
                "child": {"citizenNumber": child},
                "number": child,
            },
            "school-enrolment",
        ),
        Example(
            "The same, signed · 签名证明",
            SIGNED,
            {"adult": {"citizenNumber": daughter}, "child": {"citizenNumber": child}},
            "school-enrolment",
        ),
        Example("My open cases · 我的办件", CASES, {}, "caseworker"),
        Example(
            "School enrolment at one window · 一窗受理",
            OPEN_CASE,
            {"key": "school-enrolment-1", "mother": daughter, "child": child},
            "caseworker",
        ),
        Example("My department's parts · 本部门协办", PARTS, {}, "caseworker"),
        Example("What is held about me? · 我的信息", OWN, {"number": daughter}, "citizen"),
        Example("My certificates · 我的学历", CERTIFICATES, {"number": daughter}, "citizen"),
    ]


def caseworker(story: Mapping[str, Character] | None, who: str) -> dict[str, str | None]:
    """What the token of a caseworker of the demonstration says of who they are."""
    found = story[who] if story and who in story else dict[str, str]()
    return {"person": found.get("number"), "worker": found.get("worker")}


def office(story: Mapping[str, Character] | None, district: str | None) -> Asker:
    """The caseworker of the demonstration, of the district; of the story's where none is named."""
    who = caseworker(story, "caseworker")
    home = district or (story["mother"]["district"] if story else "110101")
    return Asker("caseworker", home, who["person"], who["worker"])


def login_choices(settings: Settings) -> list[LoginChoice]:
    """Who one can be at the console and in GraphiQL on a development stack."""
    story = read_story(settings) or {}
    home = story["mother"]["district"] if story else "110101"
    return [*_offices(story, home), *_citizens(story), *_administration(story)]


def _offices(story: Mapping[str, Character], home: str) -> list[LoginChoice]:
    away = story["elsewhere"]["district"] if story else "110108"
    office = ("caseworker", "household-services", "statutory-duty")
    first, second = caseworker(story, "caseworker"), caseworker(story, "colleague")
    school = ("school-enrolment", "school-enrolment", "compulsory-education")
    health = f"Health Commission of {home} · 卫生健康委员会"
    return [
        LoginChoice(
            f"Caseworker of {home} · 经办人员", *office, "caseworker:zhang.wei", home, **first
        ),
        LoginChoice(
            f"Caseworker of {away} · 经办人员", *office, "caseworker:li.hua", away, **second
        ),
        LoginChoice(health, *office, "caseworker:wang.fang", home, **second, department="health"),
        LoginChoice("School enrolment · 入学报名平台", *school),
    ]


def _citizens(story: Mapping[str, Character]) -> list[LoginChoice]:
    own = ("citizen", "own-data", "data-subject-right")
    told = [story[who] for who in ("daughter", "applicant") if who in story]
    return [
        LoginChoice(f"Citizen · 公民本人 {one['name']}", *own, "citizen:story", None, one["number"])
        for one in {one["number"]: one for one in told}.values()
    ]


def _administration(story: Mapping[str, Character]) -> list[LoginChoice]:
    """Two administrators, because nobody approves what they drafted themselves."""
    deciding = ("policy-admin", "policy-administration", "access-management")
    asking = ("partner-developer", "access-request", "access-management")
    review = ("access-reviewer", "access-review", "compliance-audit")
    data, schools = "data-administration", "education-commission"
    people: list[tuple[str, ...]] = [
        ("Policy administrator · 授权管理员 (甲)", *deciding, "admin:chen", "P-1001", data),
        ("Policy administrator · 授权管理员 (乙)", *deciding, "admin:zhao", "P-1002", data),
        (
            *("Operator · 运维人员", "operator", "operations", "system-operation"),
            *("operator:sun", "P-5005", data),
        ),
        ("Developer of the schools · 教育委员会开发人员", *asking, "dev:qian", "P-3003", schools),
    ]
    reviewer = story.get("colleague") or story.get("daughter")
    if reviewer:
        number = reviewer["number"]
        people.append(
            ("Access reviewer · 紧急访问复核人", *review, "reviewer:story", number, "audit-office")
        )
    return [
        LoginChoice(
            title, consumer, purpose, basis, subject, None, person, organisation=organisation
        )
        for title, consumer, purpose, basis, subject, person, organisation in people
    ]
