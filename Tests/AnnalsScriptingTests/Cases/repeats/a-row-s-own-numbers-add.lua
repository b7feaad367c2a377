return data.events:aggregate("crowd = sum(crowd)", "mean = mean(score)")
