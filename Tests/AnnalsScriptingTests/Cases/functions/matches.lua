return data.places:select("id", "capital = matches(name, '^%u')", "two = matches(name, '^%S+ %S+$')", "short = matches(name, '^.....?.?$')")
