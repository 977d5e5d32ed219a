MATCH (consent:Consent {key: $consent})
REMOVE consent.lock
WITH consent WHERE NOT EXISTS { MATCH (consent)<-[:ABOUT]-(said:Statement) WHERE said.recordedTo IS NULL AND said.withdrawnOn <= $today }
RETURN consent.key AS key
