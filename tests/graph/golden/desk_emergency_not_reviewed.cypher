MATCH (access:EmergencyAccess {key: $access})
REMOVE access.lock
WITH access WHERE access.reviewedAt IS NULL
RETURN access.key AS key
