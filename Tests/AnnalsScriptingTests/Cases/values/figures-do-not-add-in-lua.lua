print(data.figures[1].value + 1)
