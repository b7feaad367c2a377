-- Claims by source
--
-- Every figure with its words and its bounds, by the source in which the claim began and the one that
-- passed it on. Claims that share a quantity may be about the same people: they are answers to one
-- question, not numbers to add.

local p = params {
  { "measure", choices = "figures.measure", help = "only this toll, such as killed" },
}

if not data:has("figures") then
  return "The dataset has no figures, so nobody claims any."
end

return data.figures
  :where("$measure == nil or measure == $measure", p)
  :select("source.name", "via = source.relayed_by.name", "measure", "value", "stated", "quantity",
    "locator")
  :sort("`source.name`", "measure")
