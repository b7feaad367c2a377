return data.events:select("x = pivot(title)")
