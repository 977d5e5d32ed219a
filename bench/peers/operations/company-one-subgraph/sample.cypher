MATCH (c:LegalEntity)<-[t:BENEFICIAL_OWNER_OF]-(n:Person)
WITH c, collect(n) AS owners, collect(t) AS ties
WHERE size(owners) > 1 AND all(r IN owners WHERE {known[r]}) AND all(t IN ties WHERE {lasting[t]})
RETURN {number: c.creditCode} AS variables ORDER BY c.id LIMIT 100
