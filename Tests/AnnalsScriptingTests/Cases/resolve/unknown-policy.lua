return data.figures:resolve("hihgest")
