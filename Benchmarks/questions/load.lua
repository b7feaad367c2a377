-- Nothing but opening the data
params { { "times", default = 0, help = "not used" } }
print("again")
