MATCH (access:EmergencyAccess {reference: $reference})
WHERE access.withdrawn IS NULL
RETURN access{.reference, .reason, .openedAt, .until, .worker, .openedBy, .openedAs, .justified, .reviewedAt, .reviewWords, person: head(COLLECT { MATCH (party:Person)-[:SUBJECT_OF_EMERGENCY]->(access) RETURN party.id })} AS access
