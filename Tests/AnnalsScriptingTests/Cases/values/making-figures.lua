print(annals.figure(1), annals.figure(nil, 2), annals.figure(nil, nil, 3), annals.figure(4, 4, 4))
print(annals.figure(5, nil, 6), annals.figure(7, 7), annals.figure(8, 9, 10))
print(annals.figure(11, 12), annals.figure(nil, 13, 14), annals.figure(), annals.figure(0.5, 0.5))
