return data.figures:where("event == 'e-blockade'"):aggregate("toll = mean(value.best)")
