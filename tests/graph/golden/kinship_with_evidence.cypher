RETURN COLLECT {
  OPTIONAL MATCH (a1:Person {citizenNumber: $p1}) OPTIONAL MATCH (b2:Person {citizenNumber: $p2}) WITH a1, b2 LIMIT 4 WITH a1, b2, CASE WHEN true AND (coalesce(((a1.district) = $principal_district OR (b2.district) = $principal_district), false)) THEN [n IN [a1, b2] WHERE n IS NOT NULL] ELSE [] END AS asked CALL (asked) { CALL (asked) {
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
        WHERE all(f IN steps WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p0) AND coalesce((endNode(f).district) = $principal_district, false))
        
        RETURN DISTINCT m
        UNION
        UNWIND starts AS n
        MATCH (n)<-[steps:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..4]-(m:Person)
        WHERE all(f IN steps WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p0) AND coalesce((endNode(f).district) = $principal_district, false))
        
        RETURN DISTINCT m
        }
      WITH m LIMIT 50000
      
      RETURN collect(m) AS people
      }
    RETURN {
      persons: [n IN people | [n.id, n.sex, n.birthDate, null, coalesce(n.deathDate <= $p0, n.deceased, false)]],
      parents: COLLECT {
        UNWIND people AS n
        MATCH (p:Person)-[f:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]->(n) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p0) AND coalesce((n.district) = $principal_district, false)
        
        RETURN [f.id, type(f), p.id, n.id, coalesce(f.validTo <= $p0, false), coalesce(f.disputed, false), f.form, [f.register]] },
      spouses: COLLECT {
        UNWIND people AS n
        MATCH (n)-[f:MARRIED_TO_FACT|PARTNER_OF_FACT]->(m:Person) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p0)
        RETURN [f.id, type(f), n.id, m.id, coalesce(f.validTo <= $p0, false), coalesce(f.disputed, false), f.form, [f.register]] },
      guardians: COLLECT {
        UNWIND asked AS n
        MATCH (n)-[f:GUARDIAN_OF_FACT]->(m:Person) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p0)
        RETURN [f.id, type(f), n.id, m.id, coalesce(f.validTo <= $p0, false), coalesce(f.disputed, false), f.form, [f.register]] },
      entries: COLLECT {
        UNWIND known AS n
        MATCH (n)-[:MEMBER_OF_FACT]->(b:Household)
        WITH DISTINCT b WHERE coalesce(b.kind, 'FAMILY') <> 'COLLECTIVE' AND COUNT { (b)<-[:MEMBER_OF_FACT]-() } <= 60
        MATCH (b)<-[f:MEMBER_OF_FACT]-(m:Person)
        WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $p0) AND coalesce((m.district) = $principal_district, false) AND f.relationToHead IS NOT NULL
        
        RETURN [f.id, m.id, b.id, f.relationToHead, f.validFrom, f.validTo, m.sex, m.birthDate, null,
        [f.register]] },
      cut: size(people) >= 50000
      OR any(n IN known WHERE COUNT { (n)-[:MARRIED_TO_FACT|PARTNER_OF_FACT|BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-() } > 1000)
      } AS around }
  RETURN {subject: a1.id, relative: b2.id, subjectSeen: (a1 IS NOT NULL AND true), relativeSeen: (b2 IS NOT NULL AND true), around: around, _see: true, _between: coalesce(((a1.district) = $principal_district OR (b2.district) = $principal_district), false), _relations: coalesce(((a1.district) = $principal_district OR (b2.district) = $principal_district), false)} } AS r0
// $p0 = '2020-01-01'
// $p1 = '110101196203080026'
// $p2 = '110101198805170060'
// $principal_district = None
// $principal_person = None
