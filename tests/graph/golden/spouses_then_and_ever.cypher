RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.citizenNumber = $p0[i2] WITH i2, n1, coalesce((n1.district) = $principal_district, false) AS n1_Person_c0
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, spouses: COLLECT {
        MATCH (n1)-[e3:MARRIED_TO]-(n4:Person) WHERE n1_Person_c0 AND (e3.validTo IS NULL OR e3.validTo > $today) AND (e3.validFrom IS NULL OR e3.validFrom <= $today) WITH e3, n4, coalesce((n4.district) = $principal_district, false) AS n4_Person_c0, n4.id AS n4_id, e3.id AS n4_tie ORDER BY n4_id, n4_tie LIMIT $p1
        RETURN {cursor: [n4_id, n4_tie], edge: {_id: e3.id, _told: true, validFrom: e3.validFrom}, node: {_id: n4.id, _type: 'Person', _c0: n4_Person_c0, name: CASE WHEN n4_Person_c0 THEN n4.name END}} }, spouses_1: COLLECT {
        MATCH (n1)-[e5:MARRIED_TO_FACT]-(n6:Person) WHERE n1_Person_c0 AND e5.recordedFrom <= $p3 AND (e5.recordedTo IS NULL OR e5.recordedTo > $p3) AND (e5.validFrom IS NULL OR e5.validFrom <= $p2) AND (e5.validTo IS NULL OR e5.validTo > $p2) WITH n6, type(e5) AS e5_type, e5 ORDER BY e5.rank, coalesce(e5.validFrom, '') DESC WITH n6, e5_type, head(collect(e5)) AS e5 WITH e5, n6, coalesce((n6.district) = $principal_district, false) AS n6_Person_c0, n6.id AS n6_id, e5.id AS n6_tie ORDER BY n6_id, n6_tie LIMIT $p1
        RETURN {cursor: [n6_id, n6_tie], edge: {_id: e5.id, _told: true}, node: {_id: n6.id, _type: 'Person', _c0: n6_Person_c0, name: CASE WHEN n6_Person_c0 THEN n6.name END}} }, spouses_2: COLLECT {
        MATCH (n1)-[e7:MARRIED_TO_FACT]-(n8:Person) WHERE n1_Person_c0 AND e7.recordedTo IS NULL WITH e7, n8, coalesce((n8.district) = $principal_district, false) AS n8_Person_c0, coalesce(e7.validFrom, '') AS n8_first, n8.id AS n8_id, e7.id AS n8_tie ORDER BY n8_first, n8_id, n8_tie LIMIT $p1
        RETURN {cursor: [n8_first, n8_id, n8_tie], edge: {_id: e7.id, _told: true, endReason: e7.endReason, validTo: e7.validTo}, node: {_id: n8.id, _type: 'Person', _c0: n8_Person_c0, name: CASE WHEN n8_Person_c0 THEN n8.name END}} }}} } AS r0
// $p0 = ['110101198805170060']
// $p1 = 21
// $p2 = '2015-01-01'
// $p3 = '2020-01-01T00:00:00Z'
// $principal_district = None
// $principal_person = None
