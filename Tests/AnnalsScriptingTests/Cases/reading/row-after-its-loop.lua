local kept
for event in data.events:rows() do kept = event end
print(kept.id)
