-- The loop over events, and the deaths of all, in plain Lua that reads the CSV file by hand.
--
--     lua5.4 lua_peer.lua total EVENTS.csv          prints the deaths of all events
--     lua5.4 lua_peer.lua loop EVENTS.csv TIMES     the loop over prebuilt tables, as `protocol.py` says

--- The rows of a CSV file as tables with the columns' names.
local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  local lineEnd = text:find("\n", 1, true)
  local names = {}
  for name in text:sub(1, lineEnd - 1):gmatch("[^,]+") do names[#names + 1] = name end
  local rows, position = {}, lineEnd + 1
  while position <= #text do
    local row = {}
    for index, name in ipairs(names) do
      if text:byte(position) == 34 then
        local from, stop = position + 1, nil
        repeat
          stop = text:find('"', from, true)
          from = stop + 2
        until text:byte(stop + 1) ~= 34
        row[name] = text:sub(position + 1, stop - 1):gsub('""', '"')
        position = stop + 2
      else
        local stop = text:find(index < #names and "," or "\n", position, true) or #text + 1
        row[name] = text:sub(position, stop - 1)
        position = stop + 1
      end
    end
    rows[#rows + 1] = row
  end
  return rows
end

local job, path, times = arg[1], arg[2], tonumber(arg[3] or "0")
local rows = read(path)
if job == "total" then
  local total = 0
  for _, row in ipairs(rows) do total = total + math.tointeger(row.fatalities) end
  print(total)
  return
end

for _, row in ipairs(rows) do row.fatalities = math.tointeger(row.fatalities) end
collectgarbage()
local function ask()
  local totals = {}
  for _, row in ipairs(rows) do
    if row.event_type == "Battles" then
      totals[row.actor1] = (totals[row.actor1] or 0) + row.fatalities
    end
  end
  return totals
end

local function say(word)
  print(word .. " loop")
  io.stdout:flush()
end
say("first")
ask()
say("again")
for _ = 1, times do ask() end
say("done")
