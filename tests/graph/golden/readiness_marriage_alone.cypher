WITH CASE WHEN $principal_person IS NOT NULL THEN COLLECT {
  MATCH (holder:Person {citizenNumber: $principal_person})
  CALL (holder) {
    RETURN holder AS owner
    UNION
    MATCH (holder)-[acts:REPRESENTS]->(owner:LegalEntity) WHERE (acts.recordedTo IS NULL AND (acts.validFrom IS NULL OR (acts.validFrom <= $today AND NOT (size(acts.validFrom) < 10 AND $today STARTS WITH acts.validFrom))) AND (acts.validTo IS NULL OR acts.validTo > $today)) RETURN owner
  }
  MATCH (owner)-[held:HOLDS]->(licence:Licence) WHERE (held.recordedTo IS NULL AND (held.validFrom IS NULL OR (held.validFrom <= $today AND NOT (size(held.validFrom) < 10 AND $today STARTS WITH held.validFrom))) AND (held.validTo IS NULL OR held.validTo > $today))
  RETURN DISTINCT licence.id } END AS caller_licences
WITH *, CASE WHEN $principal_person IS NOT NULL THEN COLLECT {
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
OPTIONAL MATCH (a:Person {citizenNumber: $applicant}) WHERE a.withdrawn IS NULL AND coalesce(((((a.citizenNumber) = $principal_person OR (a.id IN caller_wards) = $p0) AND (NOT (coalesce(a.underProtectionUntil > $today, false)) = $p0 OR (a.citizenNumber) = $principal_person)) AND (NOT (coalesce(a.underProtectionUntil > $today, false)) = $p0 OR (a.citizenNumber) = $principal_person)), false)
WITH *, ((coalesce((((a.citizenNumber) = $principal_person OR (a.id IN caller_wards) = $p0) AND (NOT (coalesce(a.underProtectionUntil > $today, false)) = $p0 OR (a.citizenNumber) = $principal_person)), false))) AS k0,
  ((coalesce(((a.citizenNumber) = $principal_person AND (NOT (coalesce(a.underProtectionUntil > $today, false)) = $p0 OR (a.citizenNumber) = $principal_person)), false))) AS k1
RETURN a.id AS applicant, null AS other, CASE WHEN a IS NOT NULL THEN [
  head([l IN [CASE WHEN k0 THEN [{held: CASE WHEN coalesce('birthDate' IN a.disputedFields OR 'sex' IN a.disputedFields, false) THEN null ELSE CASE WHEN NOT a.sex IN ['MALE', 'FEMALE'] THEN null WHEN a.sex <> $p2 THEN true WHEN a.sex IS NOT NULL THEN head([age IN [[toInteger(left($today, 4)) - toInteger(left((CASE size(a.birthDate) WHEN 4 THEN a.birthDate + '-12-31' WHEN 7 THEN toString(date(a.birthDate + '-01') + duration('P1M') - duration('P1D')) ELSE a.birthDate END), 4)) - CASE WHEN substring($today, 4) < substring((CASE size(a.birthDate) WHEN 4 THEN a.birthDate + '-12-31' WHEN 7 THEN toString(date(a.birthDate + '-01') + duration('P1M') - duration('P1D')) ELSE a.birthDate END), 4) THEN 1 ELSE 0 END, toInteger(left($today, 4)) - toInteger(left((a.birthDate + CASE size(a.birthDate) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END), 4)) - CASE WHEN substring($today, 4) < substring((a.birthDate + CASE size(a.birthDate) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END), 4) THEN 1 ELSE 0 END]] WHERE a.birthDate <= $today | CASE WHEN age[0] >= $p1 THEN true WHEN age[1] < $p1 THEN false END]) END END, source: CASE WHEN k0 THEN head(COLLECT { MATCH (a)<-[:ABOUT]-(s1:Statement) WHERE s1.birthDate IS NOT NULL AND s1.recordedTo IS NULL AND (s1.validFrom IS NULL OR s1.validFrom <= $today) AND (s1.validTo IS NULL OR s1.validTo > $today) RETURN {register: s1.register, record: s1.record} ORDER BY s1.rank, coalesce(s1.validFrom, '') DESC LIMIT 1 }) END}] ELSE [] END] | {told: k0, state: CASE WHEN NOT k0 THEN 'UNKNOWN' ELSE CASE l[0].held WHEN true THEN 'SATISFIED' WHEN false THEN 'MISSING' ELSE 'UNKNOWN' END END, sources: [x IN l WHERE x.held AND x.source IS NOT NULL | x.source]}]),
  head([l IN [CASE WHEN k0 THEN [{held: CASE WHEN coalesce('birthDate' IN a.disputedFields OR 'sex' IN a.disputedFields, false) THEN null ELSE CASE WHEN NOT a.sex IN ['MALE', 'FEMALE'] THEN null WHEN a.sex <> $p4 THEN true WHEN a.sex IS NOT NULL THEN head([age IN [[toInteger(left($today, 4)) - toInteger(left((CASE size(a.birthDate) WHEN 4 THEN a.birthDate + '-12-31' WHEN 7 THEN toString(date(a.birthDate + '-01') + duration('P1M') - duration('P1D')) ELSE a.birthDate END), 4)) - CASE WHEN substring($today, 4) < substring((CASE size(a.birthDate) WHEN 4 THEN a.birthDate + '-12-31' WHEN 7 THEN toString(date(a.birthDate + '-01') + duration('P1M') - duration('P1D')) ELSE a.birthDate END), 4) THEN 1 ELSE 0 END, toInteger(left($today, 4)) - toInteger(left((a.birthDate + CASE size(a.birthDate) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END), 4)) - CASE WHEN substring($today, 4) < substring((a.birthDate + CASE size(a.birthDate) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END), 4) THEN 1 ELSE 0 END]] WHERE a.birthDate <= $today | CASE WHEN age[0] >= $p3 THEN true WHEN age[1] < $p3 THEN false END]) END END, source: CASE WHEN k0 THEN head(COLLECT { MATCH (a)<-[:ABOUT]-(s2:Statement) WHERE s2.birthDate IS NOT NULL AND s2.recordedTo IS NULL AND (s2.validFrom IS NULL OR s2.validFrom <= $today) AND (s2.validTo IS NULL OR s2.validTo > $today) RETURN {register: s2.register, record: s2.record} ORDER BY s2.rank, coalesce(s2.validFrom, '') DESC LIMIT 1 }) END}] ELSE [] END] | {told: k0, state: CASE WHEN NOT k0 THEN 'UNKNOWN' ELSE CASE l[0].held WHEN true THEN 'SATISFIED' WHEN false THEN 'MISSING' ELSE 'UNKNOWN' END END, sources: [x IN l WHERE x.held AND x.source IS NOT NULL | x.source]}]),
  head([l IN [CASE WHEN k0 THEN [{held: CASE WHEN coalesce('deathDate' IN a.disputedFields OR 'deceased' IN a.disputedFields, false) THEN null ELSE (NOT coalesce(a.deathDate <= $today OR a.deceased, a.deceased, false)) END, source: CASE WHEN k0 THEN head(COLLECT { MATCH (a)<-[:ABOUT]-(s3:Statement) WHERE s3.deathDate IS NOT NULL AND s3.recordedTo IS NULL AND (s3.validFrom IS NULL OR s3.validFrom <= $today) AND (s3.validTo IS NULL OR s3.validTo > $today) RETURN {register: s3.register, record: s3.record} ORDER BY CASE s3.register WHEN 'population' THEN 0 ELSE 1 END, s3.rank, coalesce(s3.validFrom, '') DESC LIMIT 1 }) END}] ELSE [] END] | {told: k0, state: CASE WHEN NOT k0 THEN 'UNKNOWN' ELSE CASE l[0].held WHEN true THEN 'SATISFIED' WHEN false THEN 'MISSING' ELSE 'UNKNOWN' END END, sources: [x IN l WHERE x.held AND x.source IS NOT NULL | x.source]}]),
  head([l IN [CASE WHEN k1 THEN COLLECT { MATCH (a)-[f:MARRIED_TO_FACT]-(n:Person) WHERE (f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today) AND (f.validTo IS NULL OR f.validTo > $today OR (size(f.validTo) < 10 AND $today STARTS WITH f.validTo))) AND coalesce((((n.citizenNumber) = $principal_person OR (n.id IN caller_wards) = $p0) AND (NOT (coalesce(n.underProtectionUntil > $today, false)) = $p0 OR (n.citizenNumber) = $principal_person)), false) RETURN {held: ((NOT coalesce(size(f.validFrom) < 10 AND $today STARTS WITH f.validFrom, false) AND (f.validTo IS NULL OR f.validTo > $today)) AND NOT coalesce(f.disputed, false)) OR null, source: {register: f.register, record: f.record}} } ELSE [] END] | {told: k1, state: CASE WHEN NOT k1 THEN 'UNKNOWN' ELSE CASE NOT (CASE WHEN any(x IN l WHERE coalesce(x.held, false)) THEN true WHEN any(x IN l WHERE x.held IS NULL) THEN null ELSE CASE WHEN a.maritalStatus IN $p5 OR a.maritalStatus = 'UNSTATED' THEN null ELSE false END END) WHEN true THEN 'SATISFIED' WHEN false THEN 'MISSING' ELSE 'UNKNOWN' END END, sources: [x IN l WHERE x.held AND x.source IS NOT NULL | x.source]}]),
  head([l IN [CASE WHEN k1 THEN COLLECT { MATCH (a)-[f:HOLDS_FACT]->(n:Licence) WHERE (f.recordedTo IS NULL AND (f.validFrom IS NULL OR f.validFrom <= $today) AND (f.validTo IS NULL OR f.validTo > $today OR (size(f.validTo) < 10 AND $today STARTS WITH f.validTo))) AND coalesce((n.id IN caller_licences) = $p0, false) WITH f, CASE WHEN ((coalesce((n.id IN caller_licences) = $p0, false))) THEN CASE WHEN NOT n.kind IN $p6 OR n.status <> 'VALID' THEN false WHEN any(x IN ['kind', 'status', 'expiryDate'] WHERE x IN n.disputedFields) THEN null WHEN $today STARTS WITH n.expiryDate AND size(n.expiryDate) < 10 THEN null WHEN n.expiryDate <= $today THEN false WHEN n.kind IS NOT NULL AND n.status IS NOT NULL THEN true END END AS h RETURN {held: CASE WHEN NOT h THEN false WHEN ((NOT coalesce(size(f.validFrom) < 10 AND $today STARTS WITH f.validFrom, false) AND (f.validTo IS NULL OR f.validTo > $today)) AND NOT coalesce(f.disputed, false)) THEN h END, source: {register: f.register, record: f.record}} } ELSE [] END] | {told: k1, state: CASE WHEN NOT k1 THEN 'UNKNOWN' ELSE CASE CASE WHEN any(x IN l WHERE coalesce(x.held, false)) THEN true WHEN any(x IN l WHERE x.held IS NULL) THEN null ELSE false END WHEN true THEN 'SATISFIED' WHEN false THEN 'MISSING' ELSE 'UNKNOWN' END END, sources: [x IN l WHERE x.held AND x.source IS NOT NULL | x.source]}]),
  {told: false, state: 'UNKNOWN', sources: []},
  {told: false, state: 'UNKNOWN', sources: []},
  {told: false, state: 'UNKNOWN', sources: []},
  {told: false, state: 'UNKNOWN', sources: []}] ELSE [] END AS requirements
// $p0 = True
// $p1 = 22
// $p2 = 'MALE'
// $p3 = 20
// $p4 = 'FEMALE'
// $p5 = ['MARRIED', 'FIRST_MARRIAGE', 'REMARRIED', 'REMARRIED_SAME']
// $p6 = ['RESIDENT_IDENTITY_CARD']
// $consumer = 'citizen'
// $purpose = 'own-data'
// $today = '2026-05-17'
// $now = '2026-05-17T08:00:00Z'
// $adultBornBy = '2008-05-17'
// $case = None
// $principal_person = '11010119900307002X'
// $principal_worker = 'W-1'
// $principal_district = '110101'
// $principal_shielded = None
// $principal_protectionCleared = None
// $applicant = "x'}) DETACH DELETE n //"
// $other = None
// $office = None
