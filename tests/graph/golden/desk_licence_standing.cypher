MATCH (l:Licence {number: $number})
WHERE l.withdrawn IS NULL AND ($kind IS NULL OR l.kind = $kind)
  AND EXISTS { MATCH (holder)-[held:HOLDS]->(l) WHERE (held.recordedTo IS NULL AND (held.validFrom IS NULL OR (held.validFrom <= $today AND NOT (size(held.validFrom) < 10 AND $today STARTS WITH held.validFrom))) AND (held.validTo IS NULL OR held.validTo > $today))
    AND (holder.citizenNumber = $holder OR holder.creditCode = $holder) }
RETURN l.id AS id, l.status = 'VALID' AND (l.expiryDate IS NULL OR left($today, size(l.expiryDate)) <= l.expiryDate) AS valid ORDER BY id LIMIT 2
