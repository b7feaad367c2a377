return data.events:where([[
  crowd > 10
  and tipe == 'clash'
]])
