return data.figures:select("id", "value", "stated")
