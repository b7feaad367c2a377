return data.actors:group("kind"):pivot("aliases", "count()")
