return data.ships:where("number in {1, 5}"):select("number", "note = '[' .. trim(note) .. ']'", "size = length(note)")
