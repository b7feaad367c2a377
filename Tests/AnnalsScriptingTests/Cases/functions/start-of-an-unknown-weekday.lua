return data.events:select("x = start_of(date, 'week', 'someday')")
