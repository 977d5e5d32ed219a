MATCH (access:EmergencyAccess)
WHERE access.withdrawn IS NULL
  AND ($reviewed IS NULL OR (access.reviewedAt IS NOT NULL) = $reviewed)
WITH access ORDER BY access.openedAt DESC LIMIT $most
RETURN access{.reference, .reason, .openedAt, .until, .worker, .openedBy, .openedAs, .justified, .reviewedAt, .reviewWords, person: head(COLLECT { MATCH (party:Person)-[:SUBJECT_OF_EMERGENCY]->(access) RETURN party.id })} AS access
