-- Tolls by asserting actor
--
-- Who asserts which toll, with its bounds. Only claims of one actor about different quantities are
-- added; of several claims of one actor about one quantity the latest counts. An empty actor is the
-- source speaking for itself.

local p = params {
  { "measure", default = "killed", choices = "figures.measure", help = "which toll to add up" },
}

if not data:has("figures") then
  return "The dataset has no figures, so nobody asserts any."
end

return data.figures
  :where("measure == $measure and value ~= nil", p)
  :resolve("by_source")
  :group("asserted_by.name", "source.name", "accumulation")
  :aggregate("toll = sum(value)", "claims = sum(claims)")
  :sort("-toll")
