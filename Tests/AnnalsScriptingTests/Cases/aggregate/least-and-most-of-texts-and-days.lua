return data.ships:aggregate("least = min(name)", "most = max(name)", "from = min(`Event Date`)",
  "to = max(at)")
