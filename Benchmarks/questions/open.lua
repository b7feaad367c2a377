-- A converted file is opened, and events and deaths by day are asked of it
local p = params {
  { "times", default = 0, help = "how often to do it again, for measuring" },
  { "file", help = "the file that is opened" },
}

local function ask()
  return annals.open(p.file).events
    :group("event_date")
    :aggregate("n = count()", "fatalities = sum(fatalities)")
end

return require "repeated" (ask, p.times)
