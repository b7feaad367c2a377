-- Violent events of one country by month, a column for each type
local p = params { { "times", default = 0, help = "how often to ask again, for measuring" } }

local types = {
  "Battles", "Explosions/Remote violence", "Protests", "Riots", "Strategic developments",
  "Violence against civilians",
}
local columns = {}
for i, name in ipairs(types) do
  columns[i] = "`" .. name .. "` = count_if(event_type == \"" .. name .. "\")"
end

local function ask()
  return data.events
    :where([[country == $country and event_type in $violent
             and event_date >= "2018-01-01" and event_date <= "2021-12-31"]],
      { country = "Muvo", violent = { types[1], types[2], types[6] } })
    :group("month = start_of(event_date, \"month\")")
    :aggregate(table.unpack(columns))
end

return require "repeated" (ask, p.times)
