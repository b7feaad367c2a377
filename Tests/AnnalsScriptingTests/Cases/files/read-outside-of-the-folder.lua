return annals.read("Package.swift")
