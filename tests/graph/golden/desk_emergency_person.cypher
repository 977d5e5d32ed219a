MATCH (n:Person {citizenNumber: $p1})
WHERE n.withdrawn IS NULL AND coalesce(((NOT (coalesce(n.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (n.citizenNumber) = $principal_person)), false)
RETURN n.id AS id, n.key AS key, n.district AS district ORDER BY id
// $p0 = True
// $p1 = "x'}) DETACH DELETE n //"
// $consumer = 'caseworker'
// $purpose = 'household-services'
// $today = '2026-05-17'
// $now = '2026-05-17T08:00:00Z'
// $adultBornBy = '2008-05-17'
// $case = None
// $principal_person = '11010119900307002X'
// $principal_worker = 'W-1'
// $principal_shielded = None
