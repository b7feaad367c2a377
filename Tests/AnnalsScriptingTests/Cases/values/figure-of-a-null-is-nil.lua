print(data.figures[12].value, data.figures[12]["value.low"], data.figures[2]["value.best"])
