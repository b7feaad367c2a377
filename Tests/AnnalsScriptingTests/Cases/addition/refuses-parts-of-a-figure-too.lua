return data.figures:where("event == 'e-blockade'"):aggregate("toll = sum(value.low)")
