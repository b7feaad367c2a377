-- Legal consequences
--
-- What those who are accused face, and over what. It needs a table `legal_consequences`, which is no
-- part of the model: many datasets lack it.

if not data:has("legal_consequences") then
  return "The dataset has no table `legal_consequences`, so it does not say what anybody faces."
end

return data.legal_consequences
  :select("liable.name", "kind", "term", "term_unit", "stated", "certainty", "event.title")
