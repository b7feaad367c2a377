return data.figures:resolve()
