assert(data:has("parts"), "the dataset has no parts")
