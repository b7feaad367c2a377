local weights = annals.read("Tests/AnnalsScriptingTests/Fixtures/lists/weights.csv")
return weights:schema(),
  weights:join(data.actors:rename{actor = "id"}:select("actor", "name"), "actor", "left")
