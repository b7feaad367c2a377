print(#data.events:where("type in $types", { types = annals.null }),
  #data.events:where("not (type in $types)", { types = annals.null }))
