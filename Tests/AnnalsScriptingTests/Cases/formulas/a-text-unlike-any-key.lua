return data.events:where("parent.place in {'p-docks', 'the seaside'}")
