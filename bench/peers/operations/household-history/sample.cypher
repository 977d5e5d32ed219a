MATCH (h:Household {district: $district})
WHERE COUNT { (h)<-[:MEMBER_OF_FACT]-() } > 2
AND all(r IN COLLECT { MATCH (h)<-[:MEMBER_OF_FACT]-(r:Person) RETURN r } WHERE {shown[r]})
RETURN {number: h.bookNumber} AS variables ORDER BY h.id LIMIT 100
