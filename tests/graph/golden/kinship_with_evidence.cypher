RETURN COLLECT {
  OPTIONAL MATCH (a1:Person {citizenNumber: $p1}) OPTIONAL MATCH (b2:Person {citizenNumber: $p2})
  RETURN {subject: {id: a1.id, sex: a1.sex}, relative: {id: b2.id, sex: b2.sex}, subjectSeen: (a1 IS NOT NULL AND true), relativeSeen: (b2 IS NOT NULL AND true), subjectParents: COLLECT {
      MATCH (a1)<-[e3:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(n4:Person) WHERE e3.recordedTo IS NULL AND coalesce((a1.district) = $principal_district, false)
      RETURN {id: n4.id, sex: n4.sex, closed: type(e3) = 'LEGAL_PARENT_OF_FACT'} }, subjectGrandparents: COLLECT {
      MATCH (a1)<-[e5:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(n6:Person) WHERE e5.recordedTo IS NULL
      RETURN COLLECT {
        MATCH (n6)<-[e7:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(n8:Person) WHERE e7.recordedTo IS NULL AND coalesce((n6.district) = $principal_district, false)
        RETURN {id: n8.id, sex: n8.sex, closed: type(e7) = 'LEGAL_PARENT_OF_FACT'} } }, relativeParents: COLLECT {
      MATCH (b2)<-[e9:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(n10:Person) WHERE e9.recordedTo IS NULL AND coalesce((b2.district) = $principal_district, false)
      RETURN {id: n10.id, sex: n10.sex, closed: type(e9) = 'LEGAL_PARENT_OF_FACT'} }, relativeGrandparents: COLLECT {
      MATCH (b2)<-[e11:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(n12:Person) WHERE e11.recordedTo IS NULL
      RETURN COLLECT {
        MATCH (n12)<-[e13:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT]-(n14:Person) WHERE e13.recordedTo IS NULL AND coalesce((n12.district) = $principal_district, false)
        RETURN {id: n14.id, sex: n14.sex, closed: type(e13) = 'LEGAL_PARENT_OF_FACT'} } }, paths: COLLECT {
      MATCH p15 = (a1)-[:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT*1..2]-(b2) WHERE all(step IN relationships(p15) WHERE step.recordedTo IS NULL AND (step.validFrom IS NULL OR step.validFrom <= $p0) AND (type(step) = 'MARRIED_TO_FACT' OR coalesce((endNode(step).district) = $principal_district, false)))
      RETURN {nodes: [node IN nodes(p15) | node.id], sexes: [node IN nodes(p15) | node.sex], steps: [step IN relationships(p15) | {_id: step.id, type: type(step), from: startNode(step).id, to: endNode(step).id, form: step.form, _told: (type(step) = 'MARRIED_TO_FACT' OR coalesce((endNode(step).district) = $principal_district, false)), ended: coalesce(step.validTo <= $p0, false), register: step.register, record: CASE WHEN (type(step) = 'MARRIED_TO_FACT' OR coalesce((endNode(step).district) = $principal_district, false)) THEN step.record END, validFrom: CASE WHEN (type(step) = 'MARRIED_TO_FACT' OR coalesce((endNode(step).district) = $principal_district, false)) THEN step.validFrom END, validTo: step.validTo, recordedFrom: CASE WHEN (type(step) = 'MARRIED_TO_FACT' OR coalesce((endNode(step).district) = $principal_district, false)) THEN step.recordedFrom END, recordedTo: step.recordedTo, disputed: step.disputed, citation: CASE WHEN (type(step) = 'MARRIED_TO_FACT' OR coalesce((endNode(step).district) = $principal_district, false)) THEN step.citation END}]} ORDER BY length(p15) LIMIT 200 }, persons: COLLECT {
      MATCH p16 = (a1)-[:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT|LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT*1..2]-(b2) WHERE all(step IN relationships(p16) WHERE step.recordedTo IS NULL AND (step.validFrom IS NULL OR step.validFrom <= $p0) AND (type(step) = 'MARRIED_TO_FACT' OR coalesce((endNode(step).district) = $principal_district, false))) UNWIND nodes(p16) AS n17 WITH DISTINCT n17 LIMIT 200 WITH n17 WITH n17, coalesce((n17.district) = $principal_district, false) AS n17_Person_c0
      RETURN {_id: n17.id, _type: 'Person', _c0: n17_Person_c0, name: CASE WHEN n17_Person_c0 THEN n17.name END} }, _see: true, _relations: coalesce(((a1.district) = $principal_district OR (b2.district) = $principal_district), false)} LIMIT 4 } AS r0
// $p0 = '2020-01-01'
// $p1 = '110101196203080026'
// $p2 = '110101198805170060'
// $principal_district = None
// $principal_person = None
