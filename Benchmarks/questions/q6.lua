-- Events of each country and day, with the mean of seven days
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local days = { from = "2015-01-01", to = "2024-12-31" }

local function ask()
  return data.events
    :group("country", "date = event_date")
    :aggregate("n = count()")
    :group("country")
    :complete("date", "1 day", { n = 0 }, days)
    :derive("mean7 = rolling(mean(n), \"7 days\", date, \"partial\")")
end
if p.times == 0 then
  return ask():where("date >= \"2020-03-01\" and date <= \"2020-03-31\"")
end

return require "repeated" (ask, p.times)
