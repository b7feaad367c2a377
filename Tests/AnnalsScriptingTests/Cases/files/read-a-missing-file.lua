return annals.read("Tests/AnnalsScriptingTests/Fixtures/lists/wieghts.csv")
