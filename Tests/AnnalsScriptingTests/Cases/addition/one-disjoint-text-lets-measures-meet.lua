return data.figures:where("disjoint == 'd-week'"):aggregate("people = sum(value)")
