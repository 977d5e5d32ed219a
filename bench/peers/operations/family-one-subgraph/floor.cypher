MATCH (n:Person {citizenNumber: $number})
RETURN n {.id, .name, .sex, .birthDate,
  parents: [(n)<-[t:BIRTH_PARENT_OF]-(m:Person) |
    {register: t.register, record: t.record, node: m {.id, .citizenNumber, .name, .sex, .birthDate}}],
  children: [(n)-[t:BIRTH_PARENT_OF]->(m:Person) |
    {register: t.register, record: t.record, node: m {.id, .citizenNumber, .name, .sex, .birthDate}}],
  spouses: [(n)-[t:MARRIED_TO]-(m:Person) |
    {register: t.register, record: t.record, node: m {.id, .citizenNumber, .name, .sex, .birthDate}}]
} AS answer
