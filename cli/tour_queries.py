"""What the tour sends."""

READINESS = """\
query ($service: String!, $number: String!, $other: String, $office: String) {
  readiness(
    service: $service, citizenNumber: $number, otherNumber: $other, office: $office
  ) {
    papersSaved { label { en } }
    requirements { state sources { register record }
      requirement { label { en zh } replaces { label { en zh } } } }
  }
}
"""
APPLY = """\
mutation ($key: String!, $service: String!, $other: String, $office: String) {
  made: applyForService(key: $key, service: $service, otherNumber: $other, office: $office) {
    number
  }
}
"""
MY_CASES = """\
query ($number: String!) {
  person(citizenNumber: $number) { cases(first: 100) { edges { node { number state service } } } }
}
"""
WHO_LOOKED = """\
query {
  whoLooked(first: 12) {
    notices { at consumer { en } purpose { en } shown { label { en } } denied { label { en } } }
  }
}
"""
NAME = "query ($number: String!) { person(citizenNumber: $number) { name } }"
TAKE = (
    "mutation ($key: String!, $number: String!) { takeCase(key: $key, number: $number) { state } }"
)
EVIDENCE = """\
query ($number: String!) {
  evidenceOfCase(number: $number) { requirement state heldBy heldRecord }
}
"""
REQUEST = """\
mutation ($key: String!, $number: String!, $requirement: String!, $text: String!) {
  requestEvidence(key: $key, number: $number, requirement: $requirement, text: $text) { state }
}
"""
PARTS = """\
query ($number: String!) {
  case(number: $number) {
    version parts { edges { node { reference department state deadline } } }
  }
}
"""
DECIDE_PART = """\
mutation ($key: String!, $reference: String!) {
  decidePart(
    key: $key, reference: $reference, decision: GRANTED, reason: "查验无误", expects: 1
  ) { made }
}
"""
PROVE = """\
query ($mother: PersonRef!, $child: PersonRef!, $audience: String!, $nonce: String!) {
  proveRelationship(
    question: isMotherOf, person: $mother, of: $child, audience: $audience, nonce: $nonce
  ) { token }
}
"""
DECIDE = """\
mutation ($key: String!, $number: String!, $expects: Int!) {
  decideCase(
    key: $key, number: $number, decision: GRANTED, reason: "材料齐全", expects: $expects
  ) { state }
}
"""
