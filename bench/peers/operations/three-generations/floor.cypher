MATCH (n:Person {citizenNumber: $number})
RETURN n {.id, .name, .sex, .birthDate,
  children: [(n)-[:BIRTH_PARENT_OF]->(m:Person) | m {.id, .name, .sex, .birthDate,
    children: [(m)-[:BIRTH_PARENT_OF]->(o:Person) | o {.id, .name, .sex, .birthDate}]}]
} AS answer
