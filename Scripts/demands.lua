-- Who called for what of whom
--
-- The demands, who made them, whom they concern, and what became of them. It needs a table `demands`
-- with `by`, `what`, `of_whom` and `status`, which is no part of the model: many datasets lack it.

if not data:has("demands") then
  return "The dataset has no table `demands`, so it does not say who called for what."
end

return data.demands
  :select("by.name", "kind", "what", "of_whom.name", "status", "locator")
  :sort("`by.name`", "kind")
