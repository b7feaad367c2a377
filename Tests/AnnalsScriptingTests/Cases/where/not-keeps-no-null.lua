-- `not` of null is null, so the three events without a crowd stay out both ways.
print(#data.events, #data.events:where("crowd > 100"), #data.events:where("not (crowd > 100)"),
  #data.events:where("crowd == nil"))
