MATCH (n:Person {district: $district}) WHERE {shown[n]}
WITH n ORDER BY n.id
WITH collect(n.citizenNumber) AS numbers
UNWIND range(0, 9) AS i
WITH numbers, i * (size(numbers) - $size) / 9 AS at
RETURN {numbers: numbers[at..at + $size]} AS variables
