print(data:has("events"), data:has("parts"), data:has("original"), data:has("ships"))
