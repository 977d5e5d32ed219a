MATCH (n:Person {key: $person})
MATCH (n)-[giving:GAVE_CONSENT]->(consent:Consent)
  WHERE consent.consumer = $for AND consent.purpose = $use
  AND (size(consent.givenOn) = 10 AND consent.givenOn <= $today AND consent.withdrawn IS NULL AND NOT EXISTS { MATCH (consent)<-[:ABOUT]-(said:Statement) WHERE said.recordedTo IS NULL AND said.withdrawnOn <= $today }) AND (giving.recordedTo IS NULL AND (giving.validFrom IS NULL OR (giving.validFrom <= $today AND NOT (size(giving.validFrom) < 10 AND $today STARTS WITH giving.validFrom))) AND (giving.validTo IS NULL OR giving.validTo > $today))
RETURN consent{.reference, .consumer, .purpose, .givenOn, withdrawnOn: head(COLLECT { MATCH (consent)<-[:ABOUT]-(said:Statement) WHERE said.recordedTo IS NULL AND said.withdrawnOn IS NOT NULL RETURN said.withdrawnOn ORDER BY said.withdrawnOn })} AS consent ORDER BY consent.givenOn, consent.reference
