-- The rows of the left side count, not those that the join finds none of.
local none = data.events:where("id == \"none\""):select("other = id")
return annals.table({{"mine"}}, {"id"})
  :append(data.events:take(2):select("id"))
  :join(none, "id == other", "left")
  :expand("participations")
  :select("id", "participations")
