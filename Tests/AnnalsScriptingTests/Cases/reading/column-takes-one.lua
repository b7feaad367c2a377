return data.events:column("id", "title").n
