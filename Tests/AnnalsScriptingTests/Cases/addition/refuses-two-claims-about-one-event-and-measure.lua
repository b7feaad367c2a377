-- Neither states a quantity; event, measure, unit and population are the same.
return data.figures:where("event == 'e-blockade'"):aggregate("toll = sum(value)")
