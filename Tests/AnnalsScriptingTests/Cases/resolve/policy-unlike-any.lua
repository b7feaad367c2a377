return data.figures:resolve("best")
