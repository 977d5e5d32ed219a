MATCH (n:Person {citizenNumber: $number})
RETURN n {.id, .citizenNumber, .name, .sex, .birthDate, .district, .maritalStatus} AS answer
