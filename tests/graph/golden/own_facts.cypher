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
RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.citizenNumber = $p0[i2] AND coalesce((((n1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (n1.id IN caller_wards) = $p1)) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR (n1.citizenNumber) = $principal_person)), false) WITH i2, n1, coalesce((((n1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (n1.id IN caller_wards) = $p1)) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR (n1.citizenNumber) = $principal_person)), false) AS n1_Person_c0, coalesce(((n1.citizenNumber) = $principal_person AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR (n1.citizenNumber) = $principal_person)), false) AS n1_Person_c1, coalesce((((n1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (n1.id IN caller_wards) = $p1)) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR (n1.citizenNumber) = $principal_person) AND (NOT (coalesce(n1.addressProtectedUntil > $today, false)) = $p1 OR (n1.citizenNumber) = $principal_person)), false) AS n1_Person_c2
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, _c1: n1_Person_c1, _c2: n1_Person_c2, facts: COLLECT {
        MATCH (n1)<-[:ABOUT]-(s3:Statement) WHERE n1_Person_c0 AND s3.recordedTo IS NULL AND (s3.validFrom IS NULL OR s3.validFrom <= $today) AND (s3.validTo IS NULL OR s3.validTo > $today) UNWIND (CASE WHEN n1_Person_c0 THEN $p2 ELSE [] END + CASE WHEN n1_Person_c1 THEN $p3 ELSE [] END) AS f4 WITH s3, f4 WHERE s3[f4] IS NOT NULL
        RETURN {field: f4, value: toString(s3[f4]), register: s3.register, record: s3.record, validFrom: s3.validFrom, validTo: s3.validTo, recordedFrom: s3.recordedFrom, recordedTo: s3.recordedTo, disputed: (s3.disputed OR f4 IN coalesce(n1.disputedFields, [])), citation: s3.citation} ORDER BY f4, s3.rank, coalesce(s3.validFrom, '') }}} } AS r0
// $p0 = ['110101198805170060']
// $p1 = True
// $p2 = ['citizenNumber', 'numberScheme', 'name', 'formerName', 'sex', 'birthDate', 'birthPlace', 'birthCountry', 'deathDate', 'deceased', 'nationality', 'custody', 'underGuardianship', 'district']
// $p3 = ['deathPlace', 'ethnicity', 'maritalStatus']
// $consumer = 'citizen'
// $purpose = 'own-data'
// $case = None
// $principal_person = None
// $principal_district = None
// $principal_worker = None
// $principal_department = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
// $principal_authority = None
