return data.events:where("title contains 'x'")
