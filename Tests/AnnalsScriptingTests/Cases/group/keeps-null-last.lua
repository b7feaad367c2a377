return data.participations:group("side"):aggregate("n = count()", "actors = distinct(actor)")
