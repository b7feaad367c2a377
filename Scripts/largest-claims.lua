-- Largest claims
--
-- The largest claims of each measure, by best value, else lower bound, else upper bound, with who says
-- so. The words of the source stand beside the bounds that they were turned into.

local p = params {
  { "most", default = 1, help = "how many claims of each measure" },
}

if not data:has("figures") then
  return "The dataset has no figures, so there are no claims to compare."
end

return data.figures
  :where("value ~= nil")
  :group("measure")
  :top(p.most, "-value")
  :select("measure", "value", "stated", "asserted_by.name", "event.title")
