return data.events:where("")
