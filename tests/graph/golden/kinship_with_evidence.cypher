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
  OPTIONAL MATCH (a1:Person {citizenNumber: $p3}) WHERE coalesce(((NOT (coalesce(a1.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (a1.citizenNumber) = $principal_person)), false) OPTIONAL MATCH (b2:Person {citizenNumber: $p4}) WHERE coalesce(((NOT (coalesce(b2.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(b2.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (b2.citizenNumber) = $principal_person)), false) WITH a1, b2 LIMIT 4 WITH a1, b2, CASE WHEN coalesce((NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false) AND (coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false) OR coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false) OR coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false) OR coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false)) THEN [n IN [a1, b2] WHERE n IS NOT NULL] ELSE [] END AS asked CALL (asked, caller_clients, caller_emergencies, caller_relatives) { CALL (asked) {
      UNWIND asked AS n
      MATCH (n)-[:MEMBER_OF_FACT]->(b:Household) WHERE coalesce(b.kind, 'FAMILY') <> 'COLLECTIVE' AND COUNT { (b)<-[:MEMBER_OF_FACT]-() } <= 60
      MATCH (b)<-[:MEMBER_OF_FACT]-(m:Person)
      
      RETURN collect(DISTINCT m) AS housed
      }
    WITH asked, asked + [m IN housed WHERE NOT m IN asked] AS known
    CALL (known) {
      UNWIND known AS n
      CALL (n) { MATCH (n)-[:MARRIED_TO_FACT|BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(m:Person)
        RETURN m LIMIT 1000 }
      
      RETURN collect(DISTINCT m) AS near
      }
    CALL (known, near) {
      UNWIND known + near AS n
      CALL (n) { MATCH (n)-[:MARRIED_TO_FACT]-(m:Person)
        RETURN m LIMIT 1000 UNION
        RETURN n AS m }
      
      RETURN collect(DISTINCT m) AS starts
      }
    CALL (known, starts, caller_clients, caller_emergencies, caller_relatives) {
      CALL (known, starts, caller_clients, caller_emergencies, caller_relatives) {
        UNWIND known AS n
        MATCH (n)<-[steps:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..64]-(m:Person)
        WHERE all(f IN steps WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p1) AND coalesce((((endNode(f).district) = $principal_district OR ($principal_worker = $principal_worker AND (endNode(f).id IN caller_clients) = $p0) OR ($principal_worker = $principal_worker AND (endNode(f).id IN caller_emergencies) = $p0) OR (toInteger(left($today, 4)) - toInteger(left(endNode(f).deathDate, 4)) - CASE WHEN substring($today, 4) < substring(endNode(f).deathDate + CASE size(endNode(f).deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (endNode(f).id IN caller_relatives) = $p0 AND (NOT (coalesce(endNode(f).staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(endNode(f).underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (endNode(f).citizenNumber) = $principal_person)), false))
        
        RETURN DISTINCT m
        UNION
        UNWIND starts AS n
        MATCH (n)<-[steps:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..4]-(m:Person)
        WHERE all(f IN steps WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p1) AND coalesce((((endNode(f).district) = $principal_district OR ($principal_worker = $principal_worker AND (endNode(f).id IN caller_clients) = $p0) OR ($principal_worker = $principal_worker AND (endNode(f).id IN caller_emergencies) = $p0) OR (toInteger(left($today, 4)) - toInteger(left(endNode(f).deathDate, 4)) - CASE WHEN substring($today, 4) < substring(endNode(f).deathDate + CASE size(endNode(f).deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (endNode(f).id IN caller_relatives) = $p0 AND (NOT (coalesce(endNode(f).staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(endNode(f).underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (endNode(f).citizenNumber) = $principal_person)), false))
        
        RETURN DISTINCT m
        }
      WITH m LIMIT 50000
      
      RETURN collect(m) AS people
      }
    RETURN {
      persons: [n IN people | [n.id, n.sex, n.birthDate, null, coalesce(n.deathDate <= $p1, n.deceased, false)]],
      parents: COLLECT {
        UNWIND people AS n
        MATCH (p:Person)-[f:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]->(n) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p1) AND coalesce((((n.district) = $principal_district OR ($principal_worker = $principal_worker AND (n.id IN caller_clients) = $p0) OR ($principal_worker = $principal_worker AND (n.id IN caller_emergencies) = $p0) OR (toInteger(left($today, 4)) - toInteger(left(n.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(n.deathDate + CASE size(n.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (n.id IN caller_relatives) = $p0 AND (NOT (coalesce(n.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (n.citizenNumber) = $principal_person)), false)
        
        RETURN [f.id, type(f), p.id, n.id, coalesce(f.validTo <= $p1, false), coalesce(f.disputed, false), f.form, [f.register]] },
      spouses: COLLECT {
        UNWIND people AS n
        MATCH (n)-[f:MARRIED_TO_FACT|PARTNER_OF_FACT]->(m:Person) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p1)
        RETURN [f.id, type(f), n.id, m.id, coalesce(f.validTo <= $p1, false), coalesce(f.disputed, false), f.form, [f.register]] },
      guardians: COLLECT {
        UNWIND asked AS n
        MATCH (n)-[f:GUARDIAN_OF_FACT]->(m:Person) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p1)
        RETURN [f.id, type(f), n.id, m.id, coalesce(f.validTo <= $p1, false), coalesce(f.disputed, false), f.form, [f.register]] },
      entries: COLLECT {
        UNWIND known AS n
        MATCH (n)-[:MEMBER_OF_FACT]->(b:Household)
        WITH DISTINCT b WHERE coalesce(b.kind, 'FAMILY') <> 'COLLECTIVE' AND COUNT { (b)<-[:MEMBER_OF_FACT]-() } <= 60
        MATCH (b)<-[f:MEMBER_OF_FACT]-(m:Person)
        WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p1) AND coalesce((((m.district) = $principal_district OR ($principal_worker = $principal_worker AND (m.id IN caller_clients) = $p0) OR ($principal_worker = $principal_worker AND (m.id IN caller_emergencies) = $p0) OR (toInteger(left($today, 4)) - toInteger(left(m.deathDate, 4)) - CASE WHEN substring($today, 4) < substring(m.deathDate + CASE size(m.deathDate) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END, 4) THEN 1 ELSE 0 END) > $p2) AND NOT (m.id IN caller_relatives) = $p0 AND (NOT (coalesce(m.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(m.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (m.citizenNumber) = $principal_person)), false) AND f.relationToHead IS NOT NULL
        
        RETURN [f.id, m.id, b.id, f.relationToHead, f.validFrom, f.validTo, m.sex, m.birthDate, null,
        [f.register]] },
      cut: size(people) >= 50000
      OR any(n IN known WHERE COUNT { (n)-[:MARRIED_TO_FACT|PARTNER_OF_FACT|BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-() } > 1000)
      } AS around }
  RETURN {subject: a1.id, relative: b2.id, subjectSeen: (a1 IS NOT NULL AND coalesce(((NOT (coalesce(a1.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (a1.citizenNumber) = $principal_person)), false)), relativeSeen: (b2 IS NOT NULL AND coalesce(((NOT (coalesce(b2.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(b2.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (b2.citizenNumber) = $principal_person)), false)), around: around, _see: coalesce((NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false), _between: coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false), _answer: coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false), _missing: coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false), _reason: coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false), _relations: coalesce((((a1.district) = $principal_district OR (b2.district) = $principal_district) AND NOT (a1.id IN caller_relatives) = $p0 AND NOT (b2.id IN caller_relatives) = $p0), false)} } AS r0
// $p0 = True
// $p1 = '2020-01-01'
// $p2 = 50
// $p3 = '110101196203080026'
// $p4 = '110101198805170060'
// $consumer = 'caseworker'
// $purpose = 'household-services'
// $case = None
// $principal_person = None
// $principal_worker = None
// $principal_district = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
