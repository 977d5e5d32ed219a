MATCH (n:Person {district: $district})<-[:BIRTH_PARENT_OF]-(:Person)
WITH DISTINCT n
WHERE {shown[n]}
AND all(r IN COLLECT { MATCH (n)<-[:BIRTH_PARENT_OF]-(r:Person) RETURN r } WHERE {shown[r]})
AND all(r IN COLLECT { MATCH (n)-[:MEMBER_OF]->(h:Household)<-[:MEMBER_OF_FACT]-(r:Person) RETURN r } WHERE {shown[r]})
AND all(h IN COLLECT { MATCH (n)-[:MEMBER_OF]->(h:Household) RETURN h } WHERE h.district = $district)
AND all(l IN COLLECT { MATCH (n)<-[:BIRTH_PARENT_OF]-{0,1}(:Person)-[:HOLDS]->(l:Licence) RETURN l } WHERE l.district = $district)
AND EXISTS { (n)-[:MEMBER_OF]->(:Household) }
AND NOT EXISTS { (n)<-[t:BIRTH_PARENT_OF]-() WHERE NOT {lasting[t]} }
AND NOT EXISTS { (n)<-[:BIRTH_PARENT_OF]-{0,1}(:Person)-[t:HOLDS]->() WHERE NOT {lasting[t]} }
AND NOT EXISTS { (n)-[:MEMBER_OF]->()<-[t:MEMBER_OF]-() WHERE NOT {lasting[t]} }
RETURN {number: n.citizenNumber} AS variables ORDER BY n.id LIMIT 100
