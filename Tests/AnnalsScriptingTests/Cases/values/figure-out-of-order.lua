return annals.figure(3, 2)
