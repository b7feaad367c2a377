return annals.read()
