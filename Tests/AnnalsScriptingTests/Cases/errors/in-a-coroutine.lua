local co = coroutine.wrap(function()
  coroutine.yield(#data.events)
  return data.evnts
end)
print(co())
print(co())
