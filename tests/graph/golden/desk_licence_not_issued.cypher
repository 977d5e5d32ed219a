MATCH (issuer:LegalEntity {key: $issuer})
REMOVE issuer.lock
WITH issuer
MATCH (holder:Person) WHERE holder.key IN $holders
REMOVE holder.lock
WITH collect(holder) AS holders
WHERE size(holders) = size($holders)
  AND NOT EXISTS { (:LicenceEvent {key: $event}) }
  AND NOT EXISTS { (:Licence {key: $licence}) }
  AND NOT ($single AND any(holder IN holders WHERE EXISTS {
    MATCH (holder)-[held:HOLDS]->(l:Licence {kind: $kind})
    WHERE (held.recordedTo IS NULL AND (held.validFrom IS NULL OR (held.validFrom <= $today AND NOT (size(held.validFrom) < 10 AND $today STARTS WITH held.validFrom))) AND (held.validTo IS NULL OR held.validTo > $today)) AND l.withdrawn IS NULL
      AND l.status IN ['VALID', 'SUSPENDED'] AND (l.expiryDate IS NULL OR left($today, size(l.expiryDate)) <= l.expiryDate) }))
RETURN size(holders) AS count
