return data.figures:group("id"):aggregate("toll = sum(value)"):where("toll ~= nil"):count():value()
