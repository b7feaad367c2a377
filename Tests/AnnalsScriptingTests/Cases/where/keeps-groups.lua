return data.events:group("type"):where("crowd ~= nil"):aggregate("n = count()")
