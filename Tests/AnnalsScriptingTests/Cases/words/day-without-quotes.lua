return data.events:where("date > 2022-01-04")
