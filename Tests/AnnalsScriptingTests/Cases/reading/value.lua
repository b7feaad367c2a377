print(data.events:aggregate("n = count()"):value())
print(data.events:aggregate("n = max(date)"):value())
print(data.events:where("false"):aggregate("n = max(date)"):value())
