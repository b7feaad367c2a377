return data.events:where(
  "crowd > 1 and crowd > 2 and crowd > 3 and crowd > 4 and crowd > 5 and crowd > 6 and crwd > 7"
    .. " and crowd > 8 and crowd > 9 and crowd > 10 and crowd > 11 and crowd > 12 and crowd > 13")
