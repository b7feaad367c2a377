for event in data.events:rows() do
  if event.crowd == 150 then print(event.title) break end
end
