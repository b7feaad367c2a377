-- Upper case stands before lower case, as bytes do.
return data.events:group("type"):aggregate("n = count()")
