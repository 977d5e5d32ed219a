RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.citizenNumber = $p0[i2] AND coalesce((n1.citizenNumber) = $principal_person, false) WITH i2, n1, coalesce((n1.citizenNumber) = $principal_person, false) AS n1_Person_c0
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, facts: COLLECT {
        MATCH (n1)<-[:ABOUT]-(s3:Statement) WHERE n1_Person_c0 AND s3.recordedTo IS NULL AND (s3.validFrom IS NULL OR s3.validFrom <= $today) AND (s3.validTo IS NULL OR s3.validTo > $today) UNWIND (CASE WHEN n1_Person_c0 THEN $p1 ELSE [] END) AS f4 WITH s3, f4 WHERE s3[f4] IS NOT NULL
        RETURN {field: f4, value: toString(s3[f4]), register: s3.register, record: s3.record, validFrom: s3.validFrom, validTo: s3.validTo, recordedFrom: s3.recordedFrom, recordedTo: s3.recordedTo, disputed: (s3.disputed OR f4 IN coalesce(n1.disputedFields, [])), citation: s3.citation} ORDER BY f4, s3.rank, coalesce(s3.validFrom, '') }}} } AS r0
// $p0 = ['110101198805170060']
// $p1 = ['citizenNumber', 'numberScheme', 'name', 'formerName', 'sex', 'birthDate', 'birthPlace', 'birthCountry', 'deathDate', 'deathPlace', 'deceased', 'ethnicity', 'nationality', 'maritalStatus', 'custody', 'underGuardianship', 'district']
// $principal_district = None
// $principal_person = None
