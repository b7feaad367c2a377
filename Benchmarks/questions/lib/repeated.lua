--- Gives the answer to a question; or asks it so many times between printed lines, for measuring.
return function(ask, times)
  if times == 0 then return ask() end
  print("first")
  local rows = #ask()
  print("again")
  for _ = 1, times do rows = #ask() end
  print("done")
end
