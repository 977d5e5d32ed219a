MATCH (a:Person {district: $district}) WHERE {shown[a]}
WITH a ORDER BY a.id LIMIT 100
WITH collect(a) AS people
UNWIND range(0, size(people) - 1) AS i
WITH people[i] AS a, people[(i + 97) % size(people)] AS b
RETURN {a: a.citizenNumber, b: b.citizenNumber} AS variables
