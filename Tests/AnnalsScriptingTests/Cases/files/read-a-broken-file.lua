return annals.read("Tests/AnnalsScriptingTests/Fixtures/lists/broken.csv")
