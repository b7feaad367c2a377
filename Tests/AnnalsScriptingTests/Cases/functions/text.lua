return data.places:where("id == 'p-station'"):select("lower = lower(name)", "upper = upper(name)",
  "length = length(name)", "has = contains(name, 'Ist')", "starts = starts_with(name, 'Ś')",
  "ends = ends_with(name, 'yon')", "not_so = contains(name, 'ist')")
