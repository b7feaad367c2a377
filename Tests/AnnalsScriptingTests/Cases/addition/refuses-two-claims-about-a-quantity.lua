return data.figures:where("quantity == 'q-clash-killed'"):aggregate("toll = sum(value)")
