RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.citizenNumber = $p0[i2] WITH i2, n1, coalesce((n1.district) = $principal_district, false) AS n1_Person_c0
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, name: CASE WHEN n1_Person_c0 THEN n1.name END, formerName: CASE WHEN n1_Person_c0 THEN n1.formerName END, name_1: CASE WHEN n1_Person_c0 THEN head(COLLECT {
        MATCH (n1)<-[:ABOUT]-(s3:Statement) WHERE s3.name IS NOT NULL AND s3.recordedTo IS NULL AND (s3.validFrom IS NULL OR s3.validFrom <= $p1) AND (s3.validTo IS NULL OR s3.validTo > $p1)
        RETURN s3.name ORDER BY s3.rank, coalesce(s3.validFrom, '') DESC LIMIT 1 }) END}} } AS r0
// $p0 = ['110101198805170060']
// $p1 = '1999-01-01'
// $principal_district = None
// $principal_person = None
