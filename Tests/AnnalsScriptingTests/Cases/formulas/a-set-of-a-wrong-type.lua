return data.events:where("crowd in {'many'}")
