return data.ships:where("number <= 2"):select("a = text(number)", "b = text(ratio)", "c = text(open)",
  "d = text(event)", "e = text(`Event Date`)", "f = text(at)", "g = number('2.5')", "h = integer('-12')", "i = integer(2.0)",
  "j = day('2031-03-05')", "k = integer(open)", "l = number(number)")
