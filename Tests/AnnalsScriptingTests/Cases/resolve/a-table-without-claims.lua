return data.events:resolve("highest")
