return data.events:select("x = number(locator)", "y = number(title)")
