RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.citizenNumber = $p0[i2] WITH i2, n1, coalesce((n1.district) = $principal_district, false) AS n1_Person_c0
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, name: CASE WHEN n1_Person_c0 THEN n1.name END, sex: CASE WHEN n1_Person_c0 THEN n1.sex END, birthDate: CASE WHEN n1_Person_c0 THEN n1.birthDate END}} } AS r0
// $p0 = ['110101198805170060']
// $principal_district = None
// $principal_person = None
