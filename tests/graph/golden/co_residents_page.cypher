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
  OPTIONAL MATCH (a1:Person {citizenNumber: $p1}) WHERE coalesce(((NOT (coalesce(a1.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (a1.citizenNumber) = $principal_person)), false) WITH a1 LIMIT 2 WITH a1, CASE WHEN a1 IS NOT NULL AND coalesce((NOT (a1.id IN caller_relatives) = $p0 AND NOT (coalesce(a1.addressProtectedUntil > $today, false)) = $p0), false) AND (coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (coalesce(a1.addressProtectedUntil > $today, false)) = $p0), false) OR coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (coalesce(a1.addressProtectedUntil > $today, false)) = $p0), false)) THEN [a1] ELSE [] END AS asked WITH a1, asked, COLLECT {
    UNWIND asked AS n MATCH (n)-[f:MEMBER_OF_FACT|RESIDES_AT_FACT]->(h)<-[g:MEMBER_OF_FACT|RESIDES_AT_FACT]-(m:Person) WHERE m <> n AND type(f) = type(g) AND NOT (COUNT { (h)<-[:MEMBER_OF_FACT|RESIDES_AT_FACT]-() } > 1000) AND coalesce(h.kind, 'FAMILY') <> 'COLLECTIVE' AND f.recordedTo IS NULL AND g.recordedTo IS NULL AND coalesce(((NOT (coalesce(m.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(m.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (m.citizenNumber) = $principal_person)), false) AND (coalesce(NOT (coalesce(m.addressProtectedUntil > $today, false)), false) OR coalesce(((m.district) = $principal_district AND NOT (m.id IN caller_relatives) = $p0 AND (NOT (coalesce(m.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(m.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (m.citizenNumber) = $principal_person) AND (NOT (coalesce(m.addressProtectedUntil > $today, false)) = $p0 OR (m.citizenNumber) = $principal_person)), false)) WITH m, h, g.register AS register, type(g) AS type, CASE WHEN f.validFrom > g.validFrom THEN f.validFrom ELSE coalesce(g.validFrom, f.validFrom) END AS s, CASE WHEN f.validTo < g.validTo THEN f.validTo ELSE coalesce(g.validTo, f.validTo) END AS e WHERE (s IS NULL OR e IS NULL OR s < e) WITH m, h, type, collect(DISTINCT register) AS registers, CASE WHEN any(x IN collect(s IS NULL) WHERE x) THEN null ELSE min(s) END AS from, CASE WHEN any(x IN collect(e IS NULL) WHERE x) THEN null ELSE max(e) END AS to, any(x IN collect(coalesce(s <= $today, true) AND coalesce(e > $today, true)) WHERE x) AS current WITH m, type, registers, from, to, current, (CASE WHEN current THEN '0' ELSE '1' END) + m.id + ' ' + h.id AS key ORDER BY key LIMIT $p3 WITH m, type, registers, from, to, current, key, coalesce((((m.district) = $principal_district OR ($principal_worker = $principal_worker AND (m.id IN caller_clients) = $p0) OR ($principal_worker = $principal_worker AND (m.id IN caller_emergencies) = $p0) OR (toInteger(left($today, 4)) - toInteger(left(m.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(m.deathDate + CASE size(m.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (m.id IN caller_relatives) = $p0 AND (NOT (coalesce(m.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(m.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (m.citizenNumber) = $principal_person)), false) AS m_Person_c0
    RETURN {cursor: [key], current: current, registers: registers, to: to, from: CASE WHEN coalesce((((m.district) = $principal_district OR ($principal_worker = $principal_worker AND (m.id IN caller_clients) = $p0) OR ($principal_worker = $principal_worker AND (m.id IN caller_emergencies) = $p0) OR (toInteger(left($today, 4)) - toInteger(left(m.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(m.deathDate + CASE size(m.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (m.id IN caller_relatives) = $p0 AND (NOT (coalesce(m.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(m.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (m.citizenNumber) = $principal_person)), false) THEN from END, shares: CASE WHEN type IN $p4 THEN 'HOUSEHOLD' ELSE 'ADDRESS' END, person: {_id: m.id, _type: 'Person', _c0: m_Person_c0, name: CASE WHEN m_Person_c0 THEN m.name END}} } AS rows, EXISTS { UNWIND asked AS n MATCH (n)-[:MEMBER_OF_FACT|RESIDES_AT_FACT]->(h) WHERE COUNT { (h)<-[:MEMBER_OF_FACT|RESIDES_AT_FACT]-() } > 1000 } AS cut
  RETURN {subject: a1.id, rows: rows, cut: cut, _see: coalesce((NOT (a1.id IN caller_relatives) = $p0 AND NOT (coalesce(a1.addressProtectedUntil > $today, false)) = $p0), false), _between: false, _hasNextPage: coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (coalesce(a1.addressProtectedUntil > $today, false)) = $p0), false), _residents: coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (coalesce(a1.addressProtectedUntil > $today, false)) = $p0), false)} } AS r0
// $p0 = True
// $p1 = '110101198805170060'
// $p2 = 50
// $p3 = 6
// $p4 = ['MEMBER_OF_FACT']
// $consumer = 'caseworker'
// $purpose = 'household-services'
// $case = None
// $principal_person = None
// $principal_worker = None
// $principal_district = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
