return annals.read("Tests/AnnalsScriptingTests/Fixtures/../../../Package.swift")
