local words = annals.split("a;b;;c", ";")
print(#words, words[3] == "", annals.length(words), annals.contains(words, "c"), annals.contains({ "x" }, "c"))
print(annals.matches("Қазақстан", "^.........$"), annals.sub("Қазақстан", 1, 5), annals.replace("a-b", "-", "+"))
print(annals.priogrid(43.25, 76.95), string.format("%.3f", annals.distance(43.25, 76.95, 51.16, 71.47)))
