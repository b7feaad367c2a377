return annals.read("Tests/AnnalsScriptingTests/Fixtures/harbour")
