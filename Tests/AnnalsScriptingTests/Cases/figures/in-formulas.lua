return data.figures:where("value >= 20"):select("id", "value", "value.low", "more = value.best > 30", "open = value.high == nil")
