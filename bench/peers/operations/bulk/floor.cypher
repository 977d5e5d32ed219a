UNWIND $numbers AS number
MATCH (n:Person {citizenNumber: number})
RETURN n {key: number, .id, .name, .sex, .birthDate} AS answer
