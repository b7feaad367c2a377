return data.events:where("score ~= nil"):select("score", "abs = abs(score)", "round = round(score)",
  "floor = floor(score)", "ceil = ceil(score)", "clamp = clamp(score, -1, 2)")
