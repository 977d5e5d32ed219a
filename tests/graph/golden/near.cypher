WITH CASE WHEN EXISTS { (:Person {citizenNumber: $principal_person}) } THEN COLLECT {
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..3]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id
  UNION
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT*1..2]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id } END AS caller_relatives
RETURN COLLECT {
  MATCH (n1:Place) WHERE n1.withdrawn IS NULL AND point.distance(n1.position, point({longitude: $p1[0], latitude: $p1[1], crs: 'WGS-84'})) <= $p1[2] AND n1.address CONTAINS $p2 WITH n1, coalesce((n1.divisionCode) = $principal_district, false) AS n1_Place_c0, n1.id AS n1_id ORDER BY n1_id LIMIT $p0
  RETURN {cursor: [n1_id], node: {_id: n1.id, _type: 'Place', _c0: n1_Place_c0, address: n1.address, residents_1: COLLECT {
        MATCH (n1)<-[e2:RESIDES_AT_FACT]-(n3:Person) WHERE n1_Place_c0 AND e2.recordedTo IS NULL AND (e2.validFrom IS NULL OR e2.validFrom <= $p3) AND (e2.validTo IS NULL OR e2.validTo > $p3) AND coalesce(((NOT (coalesce(n3.staffUntil > $today, false)) = $p4 OR $principal_shielded = $p4) AND (NOT (coalesce(n3.underProtectionUntil > $today, false)) = $p4 OR $principal_protectionCleared = $p4 OR (n3.citizenNumber) = $principal_person)), false) AND (coalesce(NOT (coalesce(n3.addressProtectedUntil > $today, false)), false) OR coalesce(((n3.district) = $principal_district AND NOT (n3.id IN caller_relatives) = $p4 AND (NOT (coalesce(n3.staffUntil > $today, false)) = $p4 OR $principal_shielded = $p4) AND (NOT (coalesce(n3.underProtectionUntil > $today, false)) = $p4 OR $principal_protectionCleared = $p4 OR (n3.citizenNumber) = $principal_person) AND (NOT (coalesce(n3.addressProtectedUntil > $today, false)) = $p4 OR (n3.citizenNumber) = $principal_person)), false)) WITH n3, type(e2) AS e2_type, e2 ORDER BY e2.rank, coalesce(e2.validFrom, '') DESC WITH n3, e2_type, head(collect(e2)) AS e2 WITH e2, n3, n3.id AS n3_id, e2.id AS n3_tie ORDER BY n3_id, n3_tie LIMIT $p0
        RETURN {cursor: [n3_id, n3_tie], edge: {_id: e2.id, _told: true, validFrom: e2.validFrom}, node: {_id: n3.id, _type: 'Person'}} }}} } AS r0
// $p0 = 21
// $p1 = [116.4, 39.9, 500.0]
// $p2 = '和平里'
// $p3 = '2020-05-01'
// $p4 = True
// $consumer = 'caseworker'
// $purpose = 'household-services'
// $case = None
// $principal_person = None
// $principal_district = None
// $principal_worker = None
// $principal_department = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
// $principal_authority = None
