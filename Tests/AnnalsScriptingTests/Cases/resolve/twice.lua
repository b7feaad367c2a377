return data.figures:resolve("highest"):resolve("lowest")
