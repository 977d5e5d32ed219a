MATCH (a:Person {citizenNumber: $a}), (b:Person {citizenNumber: $b})
CALL (a, b) {
  MATCH up = (a)<-[:BIRTH_PARENT_OF]-{0,6}(c:Person)
  MATCH down = (c)-[:BIRTH_PARENT_OF]->{0,6}(b)
  WHERE none(n IN nodes(up)[..-1] WHERE n IN nodes(down))
  RETURN DISTINCT length(up) AS up, length(down) AS down
}
RETURN {kind: 'BIRTH', up: up, down: down} AS answer
