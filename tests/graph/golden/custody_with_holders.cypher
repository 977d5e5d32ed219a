WITH CASE WHEN $principal_person IS NOT NULL THEN COLLECT {
  MATCH (carer:Person {citizenNumber: $principal_person})
  CALL (carer) {
    MATCH (carer)-[tie:GUARDIAN_OF]->(ward:Person)
    WHERE (tie.recordedTo IS NULL AND (tie.validFrom IS NULL OR (tie.validFrom <= $today AND NOT (size(tie.validFrom) < 10 AND $today STARTS WITH tie.validFrom))) AND (tie.validTo IS NULL OR tie.validTo > $today)) AND coalesce(tie.scope, 'FULL') <> 'PROPERTY'
    
    RETURN ward
    UNION
    MATCH (carer)-[tie:BIRTH_PARENT_OF|ADOPTIVE_PARENT_OF|LEGAL_PARENT_OF]->(ward:Person)
    WHERE (tie.recordedTo IS NULL AND (tie.validFrom IS NULL OR (tie.validFrom <= $today AND NOT (size(tie.validFrom) < 10 AND $today STARTS WITH tie.validFrom))) AND (tie.validTo IS NULL OR tie.validTo > $today)) AND ward.birthDate > $adultBornBy
    AND (type(tie) = 'ADOPTIVE_PARENT_OF' OR NOT EXISTS {
      MATCH (adopter:Person)-[adoption:ADOPTIVE_PARENT_OF]->(ward)
      WHERE (adoption.recordedTo IS NULL AND (adoption.validFrom IS NULL OR adoption.validFrom <= $today) AND (adoption.validTo IS NULL OR adoption.validTo > $today OR (size(adoption.validTo) < 10 AND $today STARTS WITH adoption.validTo))) AND NOT EXISTS {
        MATCH (adopter)-[union:MARRIED_TO]-(carer) WHERE (union.recordedTo IS NULL AND (union.validFrom IS NULL OR (union.validFrom <= $today AND NOT (size(union.validFrom) < 10 AND $today STARTS WITH union.validFrom))) AND (union.validTo IS NULL OR union.validTo > $today)) } })
    AND NOT EXISTS {
      MATCH (guardian:Person)-[care:GUARDIAN_OF]->(ward)
      WHERE (care.recordedTo IS NULL AND (care.validFrom IS NULL OR care.validFrom <= $today) AND (care.validTo IS NULL OR care.validTo > $today OR (size(care.validTo) < 10 AND $today STARTS WITH care.validTo))) AND coalesce(care.scope, 'FULL') <> 'PROPERTY' }
    AND (ward.custody IS NULL
    OR ward.custody IN ['PARENTS_1_AND_2', 'BOTH_PARENTS_AND_THIRD_PARTY']
    OR ward.custody STARTS WITH 'PARENT_' + toString(tie.parentNumber))
    
    RETURN ward
    }
  
  RETURN DISTINCT ward.id } END AS caller_wards
RETURN COLLECT {
  OPTIONAL MATCH (a1:Person {citizenNumber: $p1}) WHERE coalesce((NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR (a1.citizenNumber) = $principal_person), false) WITH a1 LIMIT 2 WITH a1, CASE WHEN a1 IS NOT NULL AND coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false) AND (coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false) OR coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false) OR coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false) OR coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false)) THEN [a1] ELSE [] END AS asked WITH a1, asked, COLLECT {
    UNWIND asked AS n MATCH (p:Person)-[f:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]->(n) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today) AND (f.validTo IS NULL OR f.validTo > $today) AND true
    RETURN [p, f] LIMIT 50 } AS parents, COLLECT {
    UNWIND asked AS n MATCH (p:Person)-[f:GUARDIAN_OF_FACT]->(n) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today) AND (f.validTo IS NULL OR f.validTo > $today) AND coalesce(f.scope, '') <> 'PROPERTY'
    RETURN [p, f] LIMIT 50 } AS guardians WITH a1, asked, parents, guardians, COLLECT {
    UNWIND parents AS x WITH DISTINCT x[0] AS p MATCH (p)-[f:MARRIED_TO_FACT]-(m:Person) WHERE f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today)
    RETURN [p, m, f] LIMIT 50 } AS couples WITH a1, asked, parents, guardians, couples, COLLECT {
    UNWIND asked + [x IN parents + guardians | x[0]] + [x IN couples | x[1]] AS n WITH DISTINCT n
    RETURN {id: n.id, sex: n.sex, born: n.birthDate, dead: coalesce(n.deathDate <= $today, n.deceased, false), death: head(COLLECT {
        MATCH (n)<-[:ABOUT]-(s2:Statement) WHERE s2.deathDate IS NOT NULL AND s2.recordedTo IS NULL AND (s2.validFrom IS NULL OR s2.validFrom <= $today) AND (s2.validTo IS NULL OR s2.validTo > $today)
        RETURN {fact: elementId(s2), value: s2.deathDate, since: s2.validFrom, source: CASE WHEN coalesce((((n.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (n.id IN caller_wards) = $p0)) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR (n.citizenNumber) = $principal_person)), false) THEN {register: s2.register, record: s2.record, validFrom: s2.validFrom, validTo: s2.validTo, recordedFrom: s2.recordedFrom, recordedTo: s2.recordedTo, disputed: s2.disputed, citation: s2.citation} END} ORDER BY CASE s2.register WHEN 'population' THEN 0 ELSE 1 END, s2.rank, coalesce(s2.validFrom, '') DESC LIMIT 1 }), ward: head(COLLECT {
        MATCH (n)<-[:ABOUT]-(s3:Statement) WHERE s3.underGuardianship IS NOT NULL AND s3.recordedTo IS NULL AND (s3.validFrom IS NULL OR s3.validFrom <= $today) AND (s3.validTo IS NULL OR s3.validTo > $today)
        RETURN {fact: elementId(s3), value: s3.underGuardianship, since: s3.validFrom, source: CASE WHEN coalesce((((n.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (n.id IN caller_wards) = $p0)) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR (n.citizenNumber) = $principal_person)), false) THEN {register: s3.register, record: s3.record, validFrom: s3.validFrom, validTo: s3.validTo, recordedFrom: s3.recordedFrom, recordedTo: s3.recordedTo, disputed: s3.disputed, citation: s3.citation} END} ORDER BY s3.rank, coalesce(s3.validFrom, '') DESC LIMIT 1 })} } AS persons WITH a1, {minor: head(COLLECT {
      UNWIND asked AS n
      RETURN {id: n.id, scheme: n.numberScheme, custody: head(COLLECT {
          MATCH (n)<-[:ABOUT]-(s4:Statement) WHERE s4.custody IS NOT NULL AND s4.recordedTo IS NULL AND (s4.validFrom IS NULL OR s4.validFrom <= $today) AND (s4.validTo IS NULL OR s4.validTo > $today)
          RETURN {fact: elementId(s4), value: s4.custody, since: s4.validFrom, source: CASE WHEN coalesce((((n.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (n.id IN caller_wards) = $p0)) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR (n.citizenNumber) = $principal_person)), false) THEN {register: s4.register, record: s4.record, validFrom: s4.validFrom, validTo: s4.validTo, recordedFrom: s4.recordedFrom, recordedTo: s4.recordedTo, disputed: s4.disputed, citation: s4.citation} END} ORDER BY s4.rank, coalesce(s4.validFrom, '') DESC LIMIT 1 }), abroad: n.birthCountry IS NOT NULL OR EXISTS { MATCH (n)-[r:RESIDES_AT_FACT]->(place:Place) WHERE r.recordedTo IS NULL AND (r.validFrom IS NULL OR r.validFrom <= $today) AND place.country IS NOT NULL }} }), persons: persons, parents: [x IN parents | {fact: x[1].id, source: {register: x[1].register, record: CASE WHEN coalesce((((a1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (a1.id IN caller_wards) = $p0)) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR (a1.citizenNumber) = $principal_person)), false) THEN x[1].record END, validFrom: CASE WHEN coalesce((((a1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (a1.id IN caller_wards) = $p0)) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR (a1.citizenNumber) = $principal_person)), false) THEN x[1].validFrom END, validTo: x[1].validTo, recordedFrom: CASE WHEN coalesce((((a1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (a1.id IN caller_wards) = $p0)) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR (a1.citizenNumber) = $principal_person)), false) THEN x[1].recordedFrom END, recordedTo: x[1].recordedTo, disputed: x[1].disputed, citation: CASE WHEN coalesce((((a1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (a1.id IN caller_wards) = $p0)) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR (a1.citizenNumber) = $principal_person)), false) THEN x[1].citation END}, id: x[0].id, type: type(x[1]), number: x[1].parentNumber, since: x[1].lawfulFrom}], couples: [x IN couples | {fact: x[2].id, source: {register: x[2].register, record: x[2].record, validFrom: x[2].validFrom, validTo: x[2].validTo, recordedFrom: x[2].recordedFrom, recordedTo: x[2].recordedTo, disputed: x[2].disputed, citation: x[2].citation}, id: x[1].id, parent: x[0].id, form: x[2].form, begins: x[2].validFrom, ends: x[2].validTo, ended: coalesce(x[2].validTo <= $today, false)}], guardians: [x IN guardians | {fact: x[1].id, source: {register: x[1].register, record: x[1].record, validFrom: x[1].validFrom, validTo: x[1].validTo, recordedFrom: x[1].recordedFrom, recordedTo: x[1].recordedTo, disputed: x[1].disputed, citation: x[1].citation}, id: x[0].id, basis: x[1].basis}]} AS records
  RETURN {subject: a1.id, _told: coalesce((((a1.citizenNumber) = $principal_person OR ($principal_person = $principal_person AND (a1.id IN caller_wards) = $p0)) AND (NOT (coalesce(a1.underProtectionUntil > $today, false)) = $p0 OR (a1.citizenNumber) = $principal_person)), false), records: records, _see: coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false), _between: false, _evidence: coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false), _holders: coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false), _kind: coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false), _reason: coalesce(($principal_person = $principal_person AND ((a1.citizenNumber) = $principal_person OR (a1.id IN caller_wards) = $p0)), false)} } AS r0
// $p0 = True
// $p1 = '110101201803070011'
// $consumer = 'citizen'
// $purpose = 'own-data'
// $case = None
// $principal_person = None
// $principal_district = None
// $principal_worker = None
// $principal_department = None
// $principal_shielded = None
// $principal_protectionCleared = None
// $principal_organisation = None
// $principal_authority = None
