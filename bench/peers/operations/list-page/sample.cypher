UNWIND range(1930, 2015, 5) AS year
UNWIND ['FEMALE', 'MALE'] AS sex
WITH year + '-01-02' AS from, (year + 5) + '-12-30' AS to, sex
WITH from, to, sex, COLLECT {
  MATCH (n:Person {district: $district}) WHERE n.sex = sex AND n.birthDate >= from AND n.birthDate <= to
  RETURN n } AS people
WHERE size(people) > 60 AND all(n IN people WHERE {shown[n]} AND size(n.birthDate) = 10)
UNWIND [0, 20, 40] AS offset
RETURN {district: $district, sex: sex, from: from, to: to, first: 20, offset: offset} AS variables
