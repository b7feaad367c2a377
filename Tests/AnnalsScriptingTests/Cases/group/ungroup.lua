return data.events:group("type"):ungroup():aggregate("n = count()", "crowd = sum(crowd)")
