local t = data.figures:where("id in {'f10', 'f11'}")
  :derive("value = $seven", { seven = annals.figure(7, 7, 7) })
print(t:resolve("highest"):first().id, t:resolve("lowest"):first().id)
