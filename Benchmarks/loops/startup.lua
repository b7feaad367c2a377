-- Nothing; what it takes is subtracted from the others.
print(0)
