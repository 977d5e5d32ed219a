RETURN COLLECT {
  OPTIONAL MATCH (a1:Person {citizenNumber: $p1}) WHERE coalesce(NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0, false) OPTIONAL MATCH (b2:Person {citizenNumber: $p2}) WHERE coalesce(NOT (coalesce(b2.underProtectionUntil > $today, false)) = $p0, false) WITH a1, b2 LIMIT 4 WITH a1, b2, CASE WHEN coalesce((a1.birthDate > $adultBornBy) = $p0, false) AND (coalesce((a1.birthDate > $adultBornBy) = $p0, false) OR false OR false OR false) THEN [n IN [a1, b2] WHERE n IS NOT NULL] ELSE [] END AS asked CALL (asked) { CALL (asked) {
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
    CALL (known, starts) {
      CALL (known, starts) {
        UNWIND known AS n
        MATCH (n)<-[steps:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..64]-(m:Person)
        WHERE all(f IN steps WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today))
        
        RETURN DISTINCT m
        UNION
        UNWIND starts AS n
        MATCH (n)<-[steps:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..4]-(m:Person)
        WHERE all(f IN steps WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today))
        
        RETURN DISTINCT m
        }
      WITH m LIMIT 50000
      
      RETURN collect(m) AS people
      }
    RETURN {
      persons: [n IN people | [n.id, n.sex, n.birthDate, null, coalesce(n.deathDate <= $today, n.deceased, false)]],
      parents: COLLECT {
        UNWIND people AS n
        MATCH (p:Person)-[f:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]->(n) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today)
        
        RETURN [f.id, type(f), p.id, n.id, coalesce(f.validTo <= $today, false), coalesce(f.disputed, false), f.form, [f.register]] },
      spouses: COLLECT {
        UNWIND people AS n
        MATCH (n)-[f:MARRIED_TO_FACT|PARTNER_OF_FACT]->(m:Person) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today)
        RETURN [f.id, type(f), n.id, m.id, coalesce(f.validTo <= $today, false), coalesce(f.disputed, false), f.form, [f.register]] },
      guardians: COLLECT {
        UNWIND asked AS n
        MATCH (n)-[f:GUARDIAN_OF_FACT]->(m:Person) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today)
        RETURN [f.id, type(f), n.id, m.id, coalesce(f.validTo <= $today, false), coalesce(f.disputed, false), f.form, [f.register]] },
      entries: COLLECT {
        UNWIND known AS n
        MATCH (n)-[:MEMBER_OF_FACT]->(b:Household)
        WITH DISTINCT b WHERE coalesce(b.kind, 'FAMILY') <> 'COLLECTIVE' AND COUNT { (b)<-[:MEMBER_OF_FACT]-() } <= 60
        MATCH (b)<-[f:MEMBER_OF_FACT]-(m:Person)
        WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today) AND f.relationToHead IS NOT NULL
        
        RETURN [f.id, m.id, b.id, f.relationToHead, f.validFrom, f.validTo, m.sex, m.birthDate, null,
        [f.register]] },
      cut: size(people) >= 50000
      OR any(n IN known WHERE COUNT { (n)-[:MARRIED_TO_FACT|PARTNER_OF_FACT|BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-() } > 1000)
      } AS around }
  RETURN {subject: a1.id, relative: b2.id, subjectSeen: (a1 IS NOT NULL AND coalesce(((a1.birthDate > $adultBornBy) = $p0 AND NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0), false)), relativeSeen: (b2 IS NOT NULL AND coalesce(((b2.birthDate > $adultBornBy) = $p0 AND NOT (coalesce(b2.underProtectionUntil > $today, false)) = $p0), false)), around: around, _see: coalesce((a1.birthDate > $adultBornBy) = $p0, false), _between: false, _answer: coalesce((a1.birthDate > $adultBornBy) = $p0, false), _missing: false, _reason: false, _relations: false} } AS r0
// $p0 = True
// $p1 = '110101198805170060'
// $p2 = '110101196203080026'
// $consumer = 'school-enrolment'
// $purpose = 'school-enrolment'
// $case = None
// $principal_district = None
// $principal_person = None
// $principal_worker = None
// $principal_department = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
// $principal_authority = None
