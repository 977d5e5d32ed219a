RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.citizenNumber = $p0[i2] WITH i2, n1, coalesce((n1.district) = $principal_district, false) AS n1_Person_c0
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, parents_1: COLLECT {
        MATCH (n1)<-[e3:BIRTH_PARENT_OF|ADOPTIVE_PARENT_OF]-(n4:Person) WHERE n1_Person_c0 AND (e3.validTo IS NULL OR e3.validTo > $today) AND (e3.validFrom IS NULL OR e3.validFrom <= $today) WITH e3, n4, coalesce((n4.district) = $principal_district, false) AS n4_Person_c0, n4.id AS n4_id, e3.id AS n4_tie ORDER BY n4_id, n4_tie LIMIT $p1
        RETURN {cursor: [n4_id, n4_tie], edge: {_id: e3.id, _told: coalesce((n1.district) = $principal_district, false), kind: type(e3), record: CASE WHEN coalesce((n1.district) = $principal_district, false) THEN e3.record END, register: e3.register}, node: {_id: n4.id, _type: 'Person', _c0: n4_Person_c0, name: CASE WHEN n4_Person_c0 THEN n4.name END, parents_2: COLLECT {
              MATCH (n4)<-[e5:BIRTH_PARENT_OF|ADOPTIVE_PARENT_OF|STEP_PARENT_OF|FOSTER_PARENT_OF|LEGAL_PARENT_OF]-(n6:Person) WHERE n4_Person_c0 AND (e5.validTo IS NULL OR e5.validTo > $today) AND (e5.validFrom IS NULL OR e5.validFrom <= $today) WITH e5, n6, coalesce((n6.district) = $principal_district, false) AS n6_Person_c0, n6.id AS n6_id, e5.id AS n6_tie ORDER BY n6_id, n6_tie LIMIT $p2
              RETURN {cursor: [n6_id, n6_tie], edge: {_id: e5.id, _told: coalesce((n4.district) = $principal_district, false)}, node: {_id: n6.id, _type: 'Person', _c0: n6_Person_c0, name: CASE WHEN n6_Person_c0 THEN n6.name END}} }}} }}} } AS r0
// $p0 = ['110101198805170060']
// $p1 = 21
// $p2 = 5
// $principal_district = None
// $principal_person = None
