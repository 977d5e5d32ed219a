RETURN COLLECT {
  MATCH (n1:Person) WHERE n1.withdrawn IS NULL AND (coalesce((n1.district) = $principal_district, false) AND n1.name = $p1) AND (coalesce((n1.district) = $principal_district, false) AND n1.district IN $p2) WITH n1, coalesce((n1.district) = $principal_district, false) AS n1_Person_c0, n1.id AS n1_id ORDER BY n1_id LIMIT $p0
  RETURN {cursor: [n1_id], node: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, name: CASE WHEN n1_Person_c0 THEN n1.name END}} } AS r0
// $p0 = 21
// $p1 = "'}) DETACH DELETE n //"
// $p2 = ['`', '" OR 1=1']
// $principal_district = None
// $principal_person = None
