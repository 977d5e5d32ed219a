MATCH (n:Person {district: $district})<-[:BIRTH_PARENT_OF]-(:Person)
WITH DISTINCT n
WHERE {shown[n]} AND all(r IN COLLECT { MATCH (n)-[:BIRTH_PARENT_OF|MARRIED_TO]-(r:Person) RETURN r } WHERE {shown[r]})
AND NOT EXISTS { (n)-[t:BIRTH_PARENT_OF|MARRIED_TO]-() WHERE NOT {lasting[t]} }
RETURN {number: n.citizenNumber} AS variables ORDER BY n.id LIMIT 100
