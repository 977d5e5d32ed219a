MATCH (n:Person {district: $district})
WHERE {shown[n]}
RETURN {number: n.citizenNumber} AS variables ORDER BY n.id LIMIT 100
