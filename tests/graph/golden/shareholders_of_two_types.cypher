RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:LegalEntity) WHERE n1.creditCode = $p0[i2] WITH i2, n1
  RETURN {position: i2, row: {_id: n1.id, _type: 'LegalEntity', name: n1.name, shareholders: COLLECT {
        MATCH (n1)<-[e3:SHAREHOLDER_OF]-(n4:Person|LegalEntity) WHERE (e3.validTo IS NULL OR e3.validTo > $today) AND (e3.validFrom IS NULL OR e3.validFrom <= $today) AND ((n4:Person AND coalesce(((NOT (coalesce(n4.staffUntil > $today, false)) = $p2 OR $principal_shielded = $p2) AND (NOT (coalesce(n4.underProtectionUntil > $today, false)) = $p2 OR $principal_protectionCleared = $p2 OR (n4.citizenNumber) = $principal_person)), false)) OR n4:LegalEntity) WITH e3, n4, n4.id AS n4_id, e3.id AS n4_tie ORDER BY n4_id, n4_tie LIMIT $p1
        RETURN {cursor: [n4_id, n4_tie], edge: {_id: e3.id, _told: true, sharePercent: e3.sharePercent}, node: CASE WHEN n4:Person THEN {_id: n4.id, _type: 'Person'} WHEN n4:LegalEntity THEN {_id: n4.id, _type: 'LegalEntity', name: n4.name} END} }}} } AS r0
// $p0 = ['91110101000002024T']
// $p1 = 21
// $p2 = True
// $consumer = 'caseworker'
// $purpose = 'household-services'
// $case = None
// $principal_district = None
// $principal_person = None
// $principal_worker = None
// $principal_department = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
// $principal_authority = None
