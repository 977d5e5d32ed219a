MATCH (l:Licence {key: $licence})
REMOVE l.lock
WITH l WHERE coalesce(l.version, 1) = $version AND l.withdrawn IS NULL
  AND NOT EXISTS { (:LicenceEvent {key: $event}) }
  AND NOT EXISTS { (:Licence {key: $successor}) }
RETURN l.key AS key
