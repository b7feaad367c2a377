print(data.figures[1].value.middle)
