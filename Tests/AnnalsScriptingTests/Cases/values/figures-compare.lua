local figure = annals.figure
print(figure(3, 3, 3) == figure(3, 3, 3), figure(3, 3, 3) == figure(3, 3), figure(3, 3, 3) == 3)
print(figure(6) < figure(nil, 40), figure(nil, 40) <= figure(40, 40), figure(nil, nil, 5) < figure(6))
print(figure(6) > 5, 6 < figure(nil, 7))
