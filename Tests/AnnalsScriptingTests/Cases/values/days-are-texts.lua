local march = data.events[2]
print(march.date, type(march.date), march.date == "2031-03-05", march.date < "2031-03-06")
local at = data.ships[1].at
print(at, type(at), data.ships[5].at)
