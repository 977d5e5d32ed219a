MATCH (l:Licence {key: $licence})
WHERE l.withdrawn IS NULL
RETURN l.id AS id, l.key AS key, l.number AS number, l.kind AS kind, l.status AS status,
  l.issueDate AS issueDate, l.expiryDate AS expiryDate, l.district AS district,
  coalesce(l.version, 1) AS version, (l.expiryDate IS NULL OR left($today, size(l.expiryDate)) <= l.expiryDate) AS notOver,
  COLLECT { MATCH (holder)-[held:HOLDS]->(l) WHERE (held.recordedTo IS NULL AND (held.validFrom IS NULL OR (held.validFrom <= $today AND NOT (size(held.validFrom) < 10 AND $today STARTS WITH held.validFrom))) AND (held.validTo IS NULL OR held.validTo > $today))
    RETURN [labels(holder)[0], holder.key] ORDER BY holder.key } AS holders,
  head(COLLECT { MATCH (l)<-[:ABOUT]-(said:Statement)
    RETURN said.recordedFrom ORDER BY said.recordedFrom DESC LIMIT 1 }) AS recordedFrom
