return data.actors:sort("aliases")
