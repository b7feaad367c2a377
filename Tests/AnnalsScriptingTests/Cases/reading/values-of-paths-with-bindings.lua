for _, id, big in data.participations:take(3):values("id", "big = event.crowd > $least", { least = 1000 }) do
  print(id, big)
end
