local co = coroutine.wrap(function()
  return #data.places:where(function() coroutine.yield(1) return true end)
end)
co()
