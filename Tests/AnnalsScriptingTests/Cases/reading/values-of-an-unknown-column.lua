for _, x in data.places:values("nme") do print(x) end
