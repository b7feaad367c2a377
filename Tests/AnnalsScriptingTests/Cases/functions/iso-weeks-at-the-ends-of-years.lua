for _, day in ipairs { "2020-12-31", "2021-01-03", "2021-01-04", "2024-12-30", "2027-01-01", "2032-12-31" } do
  print(day, annals.week(day), annals.weekday(day))
end
