-- What different parties claim of one thing
--
-- For each event, measure, unit, population and quantity with several claims: how many parties assert
-- them and through how many independent voices (a copy, and a copy of a copy, is the voice of what it
-- repeats); the least, median and greatest of the parties' latest claims, whether all their bounds
-- have a number in common, and which claim is the latest of all.

local claims = data.figures
  :where("value ~= nil")
  :derive("party = coalesce(text(asserted_by), text(source))",
    "voice = coalesce(source.origin.origin, source.origin, source)",
    "size = coalesce(value.best, value.low, value.high)")
  :sort("-date", "-source.date")
  :group("event", "measure", "population", "unit", "quantity")
  :derive("claims = count()", "voices = distinct(voice)", "latest = first(id)")
  :where("claims > 1")

return claims
  :group("event", "measure", "population", "unit", "quantity", "claims", "voices", "latest",
    "party")
  :top(1, "-date", "-source.date")
  :group("event", "measure", "population", "unit", "quantity", "claims", "voices", "latest")
  :aggregate("parties = count()", "least = min(size)", "median = median(size)",
    "most = max(size)", "overlap = max(coalesce(value.low, 0)) <= min(coalesce(value.high, 1e300))")
  :select("event", "measure", "population", "claims", "parties", "voices", "least", "median",
    "most", "overlap", "latest")
