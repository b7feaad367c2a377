return data.actors:where("aliases == 'MoO'")
