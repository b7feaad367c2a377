return data.events:where("date >= $from", { from = "2031-02-30" })
