return data.events:where("title > 3")
