MATCH (c:LegalEntity {creditCode: $number})
RETURN c {.id, .creditCode, .name, .kind, .status, .address,
  beneficialOwners: [(c)<-[t:BENEFICIAL_OWNER_OF]-(n:Person) | t {.sharePercent, .direct, node: n {.id}}]
} AS answer
