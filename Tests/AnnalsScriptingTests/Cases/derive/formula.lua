-- A later formula sees the earlier ones, and a name that is there is replaced in its place.
return data.events:select("id", "crowd")
  :derive("double = crowd * 2", "crowd = double + 1")
  :where("double ~= nil")
  :take(3)
