print(#data.events:where(function() return 0 end), #data.events:where(function() return "" end),
  #data.events:where(function() return nil end), #data.events:where(function() end))
