MATCH (a:Person {district: $district})<-[:BIRTH_PARENT_OF]-{2,3}(c:Person)-[:BIRTH_PARENT_OF]->{2,3}(b:Person)
WHERE {shown[a]} AND {known[b]} AND b.citizenNumber IS NOT NULL AND a <> b
WITH a, b ORDER BY a.id, b.id
WITH a, head(collect(b)) AS b
RETURN {a: a.citizenNumber, b: b.citizenNumber} AS variables ORDER BY a.id LIMIT 100
