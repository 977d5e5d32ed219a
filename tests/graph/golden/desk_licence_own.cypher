MATCH (n:Licence {number: $p1})
WHERE n.withdrawn IS NULL AND coalesce((($principal_authority = $principal_authority AND (CASE WHEN $principal_authority IS NOT NULL THEN EXISTS { MATCH (n)<-[issued:ISSUED]-(:LegalEntity {creditCode: $principal_authority}) WHERE (issued.recordedTo IS NULL AND (issued.validFrom IS NULL OR (issued.validFrom <= $today AND NOT (size(issued.validFrom) < 10 AND $today STARTS WITH issued.validFrom))) AND (issued.validTo IS NULL OR issued.validTo > $today)) } END) = $p0) AND (CASE WHEN $principal_authority IS NOT NULL THEN EXISTS { MATCH (n)<-[issued:ISSUED]-(:LegalEntity {creditCode: $principal_authority}) WHERE (issued.recordedTo IS NULL AND (issued.validFrom IS NULL OR (issued.validFrom <= $today AND NOT (size(issued.validFrom) < 10 AND $today STARTS WITH issued.validFrom))) AND (issued.validTo IS NULL OR issued.validTo > $today)) } END) = $p0), false)
RETURN n.id AS id, n.key AS key, n.district AS district ORDER BY id
// $p0 = True
// $p1 = "x'}) DETACH DELETE n //"
// $consumer = 'licence-authority'
// $purpose = 'licence-administration'
// $today = '2026-05-17'
// $now = '2026-05-17T08:00:00Z'
// $adultBornBy = '2008-05-17'
// $case = None
// $principal_authority = '11110101MB0000001X'
// $principal_district = '110101'
// $principal_worker = 'W-7'
