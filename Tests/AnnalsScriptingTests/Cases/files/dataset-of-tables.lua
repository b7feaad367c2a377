local first = data.events:where("date <= '2031-03-05'")
local mine = annals.dataset{
  events = first, places = data.places, counts = first:count("type"),
}
print(mine, #mine.events, mine:has("figures"), #mine.counts)
print(mine.events[1].place.name, mine.events[2].parent.title)
return mine.events:select("id", "town = place.parent.name", "source")
