return data.actors:group("aliases")
