for event in data.events:where("type == 'clash'"):rows() do
  print(event.id, event.date, event.crowd, event["place.name"], event["place.parent.name"])
end
