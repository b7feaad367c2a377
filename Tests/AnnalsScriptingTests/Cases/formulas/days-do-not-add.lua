return data.events:select("x = date + date_end")
