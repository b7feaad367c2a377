return data.events:where("crowd == nil"):take(1):select(
  "sum = crowd + 1", "less = crowd < 1", "equal = crowd == crowd", "differs = crowd ~= 1",
  "word = subtype .. 'x'", "inside = crowd in {1, 2}", "tested = crowd == nil", "known = crowd ~= nil")
