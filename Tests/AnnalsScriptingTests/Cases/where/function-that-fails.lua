local function check(event)
  return event.crowd > 100
end
return data.events:where(check)
