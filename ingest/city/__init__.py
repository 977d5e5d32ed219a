"""A synthetic city: invented people, books, companies and licences, the same for a seed."""
