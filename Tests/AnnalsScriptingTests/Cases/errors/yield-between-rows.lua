local co = coroutine.wrap(function()
  for place in data.places:take(2):rows() do coroutine.yield(place.id) end
end)
print(co(), co(), co())
