return data.events:where("type == $f", { f = print })
