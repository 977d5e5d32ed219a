MATCH (n:Person {district: $district})-[:BIRTH_PARENT_OF]->(:Person)-[:BIRTH_PARENT_OF]->(:Person)
WITH DISTINCT n
WHERE {shown[n]} AND all(r IN COLLECT { MATCH (n)-[:BIRTH_PARENT_OF]->{1,2}(r:Person) RETURN r } WHERE {shown[r]})
AND NOT EXISTS { (n)-[:BIRTH_PARENT_OF]->{0,1}(:Person)-[t:BIRTH_PARENT_OF]->() WHERE NOT {lasting[t]} }
RETURN {number: n.citizenNumber} AS variables ORDER BY n.id LIMIT 100
