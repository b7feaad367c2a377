return data.events:aggregate("kinds = count_distinct(type)")
