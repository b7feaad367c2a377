return data.figures:select("value.hgh")
