MATCH (a:Person {district: $district})<-[:BIRTH_PARENT_OF]-{1,2}(b:Person)
WHERE {shown[a]} AND {shown[b]}
RETURN {a: a.citizenNumber, b: b.citizenNumber} AS variables ORDER BY a.id LIMIT 100
