MATCH (n:Person {citizenNumber: $number})
RETURN n {.id, .name, .sex, .birthDate,
  licences: [(n)-[:HOLDS]->(l:Licence) | l {.number, .kind, .status, .expiryDate}],
  parents: [(n)<-[:BIRTH_PARENT_OF]-(m:Person) | m {.id, .name, .sex, .birthDate,
    licences: [(m)-[:HOLDS]->(l:Licence) | l {.number, .kind, .status, .expiryDate}]}],
  households: [(n)-[t:MEMBER_OF]->(h:Household) | h {.bookNumber, .address, relationToHead: t.relationToHead,
    members: [(h)<-[u:MEMBER_OF]-(m:Person) | m {.id, .name, relationToHead: u.relationToHead}]}]
} AS answer
