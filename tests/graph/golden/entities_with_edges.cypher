WITH CASE WHEN EXISTS { (:Person {citizenNumber: $principal_person}) } THEN COLLECT {
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT*0..3]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id
  UNION
  MATCH (me:Person {citizenNumber: $principal_person})-[links:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT*1..2]-(kin:Person)
  WHERE all(link IN links WHERE link.recordedTo IS NULL)
  
  RETURN kin.id AS id } END AS caller_relatives
WITH *, CASE WHEN caller_relatives IS NOT NULL THEN COLLECT {
  UNWIND caller_relatives AS relative
  MATCH (:Person {id: relative})-[link:MEMBER_OF_FACT|HOLDS_FACT|SUBJECT_OF_CASE_FACT]->(file)
  WHERE (link.recordedTo IS NULL AND (link.validFrom IS NULL OR link.validFrom <= $today) AND (link.validTo IS NULL OR link.validTo > $today OR (size(link.validTo) < 10 AND $today STARTS WITH link.validTo)))
  
  RETURN file.id AS id
  UNION
  UNWIND caller_relatives AS relative
  MATCH (:Person {id: relative})-[link:REPRESENTS_FACT|SHAREHOLDER_OF_FACT]->(:LegalEntity)-[about:ENTITY_OF_CASE_FACT]->(file:Case)
  WHERE (link.recordedTo IS NULL AND (link.validFrom IS NULL OR link.validFrom <= $today) AND (link.validTo IS NULL OR link.validTo > $today OR (size(link.validTo) < 10 AND $today STARTS WITH link.validTo))) AND (about.recordedTo IS NULL AND (about.validFrom IS NULL OR about.validFrom <= $today) AND (about.validTo IS NULL OR about.validTo > $today OR (size(about.validTo) < 10 AND $today STARTS WITH about.validTo)))
  
  RETURN file.id AS id } END AS caller_filesOfRelatives
RETURN COLLECT {
  UNWIND range(0, size($p0) - 1) AS i2 MATCH (n1:Person) WHERE n1.id = $p0[i2] AND coalesce(((NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person)), false) WITH i2, n1, coalesce(((n1.district) = $principal_district AND NOT (n1.id IN caller_relatives) = $p1 AND (NOT (coalesce(n1.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n1.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n1.citizenNumber) = $principal_person) AND (NOT (coalesce(n1.addressProtectedUntil > $today, false)) = $p1 OR (n1.citizenNumber) = $principal_person)), false) AS n1_Person_c0
  RETURN {position: i2, row: {_id: n1.id, _type: 'Person', _c0: n1_Person_c0, households: COLLECT {
        MATCH (n1)-[e3:MEMBER_OF]->(n4:Household) WHERE n1_Person_c0 AND (e3.validTo IS NULL OR e3.validTo > $today) AND (e3.validFrom IS NULL OR e3.validFrom <= $today) WITH e3, n4, coalesce(((n4.district) = $principal_district AND NOT (n4.id IN caller_filesOfRelatives) = $p1 AND NOT (EXISTS { (n4)<-[entry:MEMBER_OF_FACT]-(party:Person) WHERE party.addressProtectedUntil > $today AND (entry.recordedTo IS NULL AND (entry.validFrom IS NULL OR entry.validFrom <= $today) AND (entry.validTo IS NULL OR entry.validTo > $today OR (size(entry.validTo) < 10 AND $today STARTS WITH entry.validTo))) }) = $p1), false) AS n4_Household_c0, coalesce(((n4.district) = $principal_district AND NOT (n4.id IN caller_filesOfRelatives) = $p1), false) AS n4_Household_c1, n4.id AS n4_id, e3.id AS n4_tie ORDER BY n4_id, n4_tie LIMIT $p2
        RETURN {cursor: [n4_id, n4_tie], edge: {_id: e3.id, _told: true, relationToHead: e3.relationToHead}, node: {_id: n4.id, _type: 'Household', _c0: n4_Household_c0, _c1: n4_Household_c1, address: CASE WHEN n4_Household_c0 THEN n4.address END, members: COLLECT {
              MATCH (n4)<-[e5:MEMBER_OF]-(n6:Person) WHERE n4_Household_c1 AND (e5.validTo IS NULL OR e5.validTo > $today) AND (e5.validFrom IS NULL OR e5.validFrom <= $today) AND coalesce(((NOT (coalesce(n6.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n6.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n6.citizenNumber) = $principal_person)), false) AND (coalesce(NOT (coalesce(n6.addressProtectedUntil > $today, false)), false) OR coalesce(((n6.district) = $principal_district AND NOT (n6.id IN caller_relatives) = $p1 AND (NOT (coalesce(n6.staffUntil > $today, false)) = $p1 OR $principal_shielded = $p1) AND (NOT (coalesce(n6.underProtectionUntil > $today, false)) = $p1 OR $principal_protectionCleared = $p1 OR (n6.citizenNumber) = $principal_person) AND (NOT (coalesce(n6.addressProtectedUntil > $today, false)) = $p1 OR (n6.citizenNumber) = $principal_person)), false)) WITH e5, n6, n6.id AS n6_id, e5.id AS n6_tie ORDER BY n6_id, n6_tie LIMIT $p2
              RETURN {cursor: [n6_id, n6_tie], edge: {_id: e5.id, _told: true, relationToHead: e5.relationToHead}, node: {_id: n6.id, _type: 'Person'}} }}} }}} } AS r0
// $p0 = ['a1', 'b2']
// $p1 = True
// $p2 = 21
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
