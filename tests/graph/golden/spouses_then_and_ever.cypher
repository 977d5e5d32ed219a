WITH CASE WHEN $principal_worker IS NOT NULL THEN COLLECT {
  MATCH (:Caseworker {code: $principal_worker})<-[charge:ASSIGNED_TO]-(file:Case)<-[about:SUBJECT_OF_CASE]-(party:Person)
  WHERE size([day IN file.openDays WHERE day <= $today]) % 2 = 1 AND (charge.recordedTo IS NULL AND (charge.validFrom IS NULL OR (charge.validFrom <= $today AND NOT (size(charge.validFrom) < 10 AND $today STARTS WITH charge.validFrom))) AND (charge.validTo IS NULL OR charge.validTo > $today)) AND (about.recordedTo IS NULL AND (about.validFrom IS NULL OR (about.validFrom <= $today AND NOT (size(about.validFrom) < 10 AND $today STARTS WITH about.validFrom))) AND (about.validTo IS NULL OR about.validTo > $today))
  
  RETURN DISTINCT party.id } END AS caller_clients
WITH *, CASE WHEN $principal_worker IS NOT NULL THEN COLLECT {
  MATCH (:Caseworker {code: $principal_worker})<-[opening:EMERGENCY_OPENED_BY]-(access:EmergencyAccess)<-[about:SUBJECT_OF_EMERGENCY]-(party:Person)
  WHERE (opening.recordedTo IS NULL AND (opening.validFrom IS NULL OR (opening.validFrom <= $today AND NOT (size(opening.validFrom) < 10 AND $today STARTS WITH opening.validFrom))) AND (opening.validTo IS NULL OR opening.validTo > $today)) AND (about.recordedTo IS NULL AND (about.validFrom IS NULL OR (about.validFrom <= $today AND NOT (size(about.validFrom) < 10 AND $today STARTS WITH about.validFrom))) AND (about.validTo IS NULL OR about.validTo > $today)) AND access.withdrawn IS NULL
  AND access.openedAt <= $now AND access.until > $now AND coalesce(access.justified, true)
  
  RETURN DISTINCT party.id } END AS caller_emergencies
WITH *, CASE WHEN EXISTS { (:Person {citizenNumber: $principal_person}) } THEN COLLECT {
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..3]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id
  UNION
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT*1..2]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id } END AS caller_relatives
RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.citizenNumber = $p0[i2] AND coalesce(((NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)), false) WITH i2, n1, coalesce((((n1.district) = $principal_district OR ($principal_worker = $principal_worker AND (n1.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n1.id IN caller_emergencies) = $p1)) AND NOT (n1.id IN caller_relatives) = $p1 AND (NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)), false) AS n1_Person_c0
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, spouses: COLLECT {
        MATCH (n1)-[e3:MARRIED_TO]-(n4:Person) WHERE n1_Person_c0 AND (e3.validTo IS NULL OR e3.validTo > $today) AND (e3.validFrom IS NULL OR e3.validFrom <= $today) AND coalesce(((NOT (coalesce(n4.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n4.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n4.citizenNumber) = $principal_person)), false) WITH e3, n4, coalesce((((n4.district) = $principal_district OR ($principal_worker = $principal_worker AND (n4.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n4.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n4.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n4.deathDate + CASE size(n4.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (n4.id IN caller_relatives) = $p1 AND (NOT (coalesce(n4.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n4.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n4.citizenNumber) = $principal_person)), false) AS n4_Person_c0, n4.id AS n4_id, e3.id AS n4_tie ORDER BY n4_id, n4_tie LIMIT $p3
        RETURN {cursor: [n4_id, n4_tie], edge: {_id: e3.id, _told: true, validFrom: e3.validFrom}, node: {_id: n4.id, _type: 'Person', _c0: n4_Person_c0, name: CASE WHEN n4_Person_c0 THEN n4.name END}} }, spouses_1: COLLECT {
        MATCH (n1)-[e5:MARRIED_TO_FACT]-(n6:Person) WHERE n1_Person_c0 AND e5.recordedFrom <= $p5 AND (e5.recordedTo IS NULL OR e5.recordedTo > $p5) AND (e5.validFrom IS NULL OR e5.validFrom <= $p4) AND (e5.validTo IS NULL OR e5.validTo > $p4) AND coalesce(((NOT (coalesce(n6.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n6.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n6.citizenNumber) = $principal_person)), false) WITH n6, type(e5) AS e5_type, e5 ORDER BY e5.rank, coalesce(e5.validFrom, '') DESC WITH n6, e5_type, head(collect(e5)) AS e5 WITH e5, n6, coalesce((((n6.district) = $principal_district OR ($principal_worker = $principal_worker AND (n6.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n6.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n6.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n6.deathDate + CASE size(n6.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (n6.id IN caller_relatives) = $p1 AND (NOT (coalesce(n6.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n6.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n6.citizenNumber) = $principal_person)), false) AS n6_Person_c0, n6.id AS n6_id, e5.id AS n6_tie ORDER BY n6_id, n6_tie LIMIT $p3
        RETURN {cursor: [n6_id, n6_tie], edge: {_id: e5.id, _told: true}, node: {_id: n6.id, _type: 'Person', _c0: n6_Person_c0, name: CASE WHEN n6_Person_c0 THEN n6.name END}} }, spouses_2: COLLECT {
        MATCH (n1)-[e7:MARRIED_TO_FACT]-(n8:Person) WHERE n1_Person_c0 AND e7.recordedTo IS NULL AND coalesce(((NOT (coalesce(n8.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n8.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n8.citizenNumber) = $principal_person)), false) WITH e7, n8, coalesce((((n8.district) = $principal_district OR ($principal_worker = $principal_worker AND (n8.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n8.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n8.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n8.deathDate + CASE size(n8.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (n8.id IN caller_relatives) = $p1 AND (NOT (coalesce(n8.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n8.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n8.citizenNumber) = $principal_person)), false) AS n8_Person_c0, coalesce(e7.validFrom, '') AS n8_first, n8.id AS n8_id, e7.id AS n8_tie ORDER BY n8_first, n8_id, n8_tie LIMIT $p3
        RETURN {cursor: [n8_first, n8_id, n8_tie], edge: {_id: e7.id, _told: true, endReason: e7.endReason, validTo: e7.validTo}, node: {_id: n8.id, _type: 'Person', _c0: n8_Person_c0, name: CASE WHEN n8_Person_c0 THEN n8.name END}} }}} } AS r0
// $p0 = ['110101198805170060']
// $p1 = True
// $p2 = 50
// $p3 = 21
// $p4 = '2015-01-01'
// $p5 = '2020-01-01T00:00:00Z'
// $consumer = 'caseworker'
// $purpose = 'household-services'
// $case = None
// $principal_person = None
// $principal_worker = None
// $principal_district = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
