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
  MATCH (n1:Person) WHERE n1.withdrawn IS NULL AND coalesce(((NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)), false) AND (coalesce(((((n1.district) = $principal_district OR ($principal_worker = $principal_worker AND (n1.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n1.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n1.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n1.deathDate + CASE size(n1.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p3) AND NOT (n1.id IN caller_relatives) = $p1 AND (NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)) AND ((NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person))), false) AND n1.namePinyin STARTS WITH $p2) AND ((coalesce(((((n1.district) = $principal_district OR ($principal_worker = $principal_worker AND (n1.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n1.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n1.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n1.deathDate + CASE size(n1.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p3) AND NOT (n1.id IN caller_relatives) = $p1 AND (NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)) AND ((NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person))), false) AND n1.namePinyin STARTS WITH $p4) OR (coalesce(((((n1.district) = $principal_district OR ($principal_worker = $principal_worker AND (n1.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n1.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n1.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n1.deathDate + CASE size(n1.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p3) AND NOT (n1.id IN caller_relatives) = $p1 AND (NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)) AND ((NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person))), false) AND n1.sex = $p5)) WITH n1, coalesce((((n1.district) = $principal_district OR ($principal_worker = $principal_worker AND (n1.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n1.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n1.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n1.deathDate + CASE size(n1.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p3) AND NOT (n1.id IN caller_relatives) = $p1 AND (NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)), false) AS n1_Person_c0, coalesce(((((n1.district) = $principal_district OR ($principal_worker = $principal_worker AND (n1.id IN caller_clients) = $p1) OR ($principal_worker = $principal_worker AND (n1.id IN caller_emergencies) = $p1) OR (toInteger(left($today, 4)) - toInteger(left(n1.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n1.deathDate + CASE size(n1.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p3) AND NOT (n1.id IN caller_relatives) = $p1 AND (NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)) AND ((NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person))), false) AS n1_Person_c1, n1.id AS n1_id ORDER BY n1_id LIMIT $p0
  RETURN {cursor: [n1_id], node: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, _c1: n1_Person_c1, name: CASE WHEN n1_Person_c0 THEN n1.name END}} } AS r0
// $p0 = 21
// $p1 = True
// $p2 = 'lina'
// $p3 = 50
// $p4 = 'wangxiao'
// $p5 = 'FEMALE'
// $consumer = 'caseworker'
// $purpose = 'household-services'
// $case = None
// $principal_person = None
// $principal_worker = None
// $principal_district = None
// $principal_department = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
// $principal_authority = None
