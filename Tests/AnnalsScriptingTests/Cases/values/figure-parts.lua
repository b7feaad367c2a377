for _, id, value in data.figures:values("id", "value") do
  if value then print(id, value.low, value.best, value.high, value) end
end
