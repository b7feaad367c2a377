-- A condition keeps the rows where it holds; null does not hold.
return data.events:where("crowd > 100"):select("id", "crowd")
