print(annals.days("2031-03-03", "2031-02-30"))
