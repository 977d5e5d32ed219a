MATCH (n:Person {district: $district})
WHERE n.sex = $sex AND n.birthDate >= $from AND n.birthDate <= $to
WITH n ORDER BY n.birthDate, n.id SKIP $offset LIMIT $first
RETURN n {.id, .citizenNumber, .name, .sex, .birthDate} AS answer
