RETURN COLLECT {
  MATCH (n1:Person) WHERE n1.withdrawn IS NULL AND (coalesce((n1.district) = $principal_district, false) AND n1.sex = $p1) AND (coalesce((n1.district) = $principal_district, false) AND n1.birthDate >= $p2) AND ((coalesce((n1.district) = $principal_district, false) AND n1.name STARTS WITH $p3)) WITH n1, coalesce((n1.district) = $principal_district, false) AS n1_Person_c0, CASE WHEN coalesce((n1.district) = $principal_district, false) THEN coalesce(n1.birthDate, '') ELSE '' END AS n1_s0, CASE WHEN coalesce((n1.district) = $principal_district, false) THEN coalesce(n1.name, '') ELSE '' END AS n1_s1, n1.id AS n1_id ORDER BY n1_s0 DESC, n1_s1, n1_id LIMIT $p0
  RETURN {cursor: [n1_s0, n1_s1, n1_id], node: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, name: CASE WHEN n1_Person_c0 THEN n1.name END, birthDate: CASE WHEN n1_Person_c0 THEN n1.birthDate END}} } AS r0
// $p0 = 11
// $p1 = 'FEMALE'
// $p2 = '1980'
// $p3 = '李'
// $principal_district = None
// $principal_person = None
