WITH CASE WHEN $principal_person IS NOT NULL THEN COLLECT {
  MATCH (carer:Person {citizenNumber: $principal_person})
  CALL (carer) {
    MATCH (carer)-[tie:GUARDIAN_OF]->(ward:Person)
    WHERE (tie.recordedTo IS NULL AND (tie.validFrom IS NULL OR (tie.validFrom <= $today AND NOT (size(tie.validFrom) < 10 AND $today STARTS WITH tie.validFrom))) AND (tie.validTo IS NULL OR tie.validTo > $today)) AND coalesce(tie.scope, 'FULL') <> 'PROPERTY'
    RETURN ward
    UNION
    MATCH (carer)-[tie:BIRTH_PARENT_OF|ADOPTIVE_PARENT_OF|LEGAL_PARENT_OF]->(ward:Person)
    WHERE (tie.recordedTo IS NULL AND (tie.validFrom IS NULL OR (tie.validFrom <= $today AND NOT (size(tie.validFrom) < 10 AND $today STARTS WITH tie.validFrom))) AND (tie.validTo IS NULL OR tie.validTo > $today)) AND ward.birthDate > $adultBornBy
      AND (type(tie) = 'ADOPTIVE_PARENT_OF' OR NOT EXISTS {
        MATCH (adopter:Person)-[adoption:ADOPTIVE_PARENT_OF]->(ward)
        WHERE (adoption.recordedTo IS NULL AND (adoption.validFrom IS NULL OR adoption.validFrom <= $today) AND (adoption.validTo IS NULL OR adoption.validTo > $today OR (size(adoption.validTo) < 10 AND $today STARTS WITH adoption.validTo))) AND NOT EXISTS {
          MATCH (adopter)-[union:MARRIED_TO]-(carer) WHERE (union.recordedTo IS NULL AND (union.validFrom IS NULL OR (union.validFrom <= $today AND NOT (size(union.validFrom) < 10 AND $today STARTS WITH union.validFrom))) AND (union.validTo IS NULL OR union.validTo > $today)) } })
      AND NOT EXISTS {
        MATCH (guardian:Person)-[care:GUARDIAN_OF]->(ward)
        WHERE (care.recordedTo IS NULL AND (care.validFrom IS NULL OR care.validFrom <= $today) AND (care.validTo IS NULL OR care.validTo > $today OR (size(care.validTo) < 10 AND $today STARTS WITH care.validTo))) AND coalesce(care.scope, 'FULL') <> 'PROPERTY' }
      AND (ward.custody IS NULL
        OR ward.custody IN ['PARENTS_1_AND_2', 'BOTH_PARENTS_AND_THIRD_PARTY']
        OR ward.custody STARTS WITH 'PARENT_' + toString(tie.parentNumber))
    RETURN ward
  }
  RETURN DISTINCT ward.id } END AS caller_wards
MATCH (n:Person {citizenNumber: $p1})
WHERE n.withdrawn IS NULL AND coalesce(((((n.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (n.id IN caller_wards) = $p0)) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR (n.citizenNumber) = $principal_person)) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR (n.citizenNumber) = $principal_person) AND ((n.citizenNumber) = $principal_person OR (n.id IN caller_wards) = $p0)), false)
RETURN n.id AS id, n.key AS key, n.district AS district ORDER BY id
// $p0 = True
// $p1 = "x'}) DETACH DELETE n //"
// $consumer = 'citizen'
// $purpose = 'own-data'
// $today = '2026-05-17'
// $now = '2026-05-17T08:00:00Z'
// $adultBornBy = '2008-05-17'
// $case = None
// $principal_person = '11010119900307002X'
