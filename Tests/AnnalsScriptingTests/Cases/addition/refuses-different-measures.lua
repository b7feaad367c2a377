return data.figures:where("event == 'e-clash' and id ~= 'f2'"):aggregate("toll = sum(value)")
