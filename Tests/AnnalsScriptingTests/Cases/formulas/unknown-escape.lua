return data.events:where([[title == 'a\qb']])
