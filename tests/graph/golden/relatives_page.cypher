WITH CASE WHEN EXISTS { (:Person {citizenNumber: $principal_person}) } THEN COLLECT {
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..3]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id
  UNION
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT*1..2]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id } END AS caller_relatives
RETURN COLLECT {
  OPTIONAL MATCH (a1:Person {citizenNumber: $p1}) WHERE coalesce(((NOT (coalesce(a1.staffUntil > $today, false)) = $p0 OR $principal_shielded = $p0) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR $principal_protectionCleared = $p0 OR (a1.citizenNumber) = $principal_person)), false) WITH a1 LIMIT 2 WITH a1, CASE WHEN a1 IS NOT NULL AND coalesce(NOT (a1.id IN caller_relatives) = $p0, false) AND (coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false) OR coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false) OR coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false) OR coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false)) THEN [a1] ELSE [] END AS asked CALL (asked) { CALL (asked) {
      UNWIND asked AS n
      MATCH (n)-[:MEMBER_OF_FACT]->(b:Household) WHERE coalesce(b.kind, 'FAMILY') <> 'COLLECTIVE' AND COUNT { (b)<-[:MEMBER_OF_FACT]-() } <= 60
      MATCH (b)<-[:MEMBER_OF_FACT]-(m:Person)
      
      RETURN collect(DISTINCT m) AS housed
      }
    WITH asked, asked + [m IN housed WHERE NOT m IN asked] AS known
    CALL (known) {
      UNWIND known AS n
      MATCH (n)-[steps:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT|PARTNER_OF_FACT*0..3]-(m:Person)
      WHERE all(f IN steps WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today))
      WITH DISTINCT m LIMIT 2000
      
      RETURN collect(m) AS reached
      }
    CALL (reached) {
      UNWIND reached AS n
      CALL (n) { MATCH (n)<-[:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(m:Person)
        RETURN m LIMIT 1000 UNION
        RETURN n AS m }
      
      RETURN collect(DISTINCT m) AS people
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
      cut: size(people) >= 2000
      OR any(n IN known WHERE COUNT { (n)-[:MARRIED_TO_FACT|PARTNER_OF_FACT|BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-() } > 1000)
      } AS around }
  RETURN {subject: a1.id, around: around, _see: coalesce(NOT (a1.id IN caller_relatives) = $p0, false), _between: coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false), _complete: coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false), _endCursor: coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false), _hasNextPage: coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false), _relatives: coalesce(((a1.district) = $principal_district AND NOT (a1.id IN caller_relatives) = $p0), false)} } AS r0
// $p0 = True
// $p1 = '110101198805170060'
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
