return data.events:select("id", "start = sub(title, 1, 4)", "rest = sub(title, -3)",
  "words = split(title, ' ')", "n = length(split(title, ' '))", "has = contains(split(id, '-'), 'e')",
  "plain = replace(id, '-', ' ')"):take(4)
