return data.events
  :where("crwd > 100")
