MATCH (h:Household {bookNumber: $number})
RETURN h {.id, .bookNumber, .kind, .address,
  members: [(h)<-[t:MEMBER_OF_FACT]-(m:Person) WHERE t.recordedTo IS NULL |
    t {.relationToHead, .register, .record, .validFrom, .validTo, node: m {.id}}]
} AS answer
