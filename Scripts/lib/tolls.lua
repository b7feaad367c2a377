-- Adding up tolls
--
-- Of several claims about one quantity a policy keeps one: `highest`, `lowest`, `latest` or `widest`.

local tolls = {}

-- Adds up claims by columns, given as to `group`. Where events lie inside one another, adding their
-- claims would count people twice: then the tolls stand by event as well, and a second result says so.
function tolls.add(claims, policy, ...)
  local kept = claims:resolve(policy)
  local function add(...)
    return kept:group(...):aggregate("toll = sum(value)", "claims = sum(claims)")
  end
  local sums = add(...)
  local ok, refusal = pcall(function() return #sums end)
  if ok then return sums end
  local columns = { ... }
  columns[#columns + 1] = "event.title"
  return add(table.unpack(columns)), "Tolls are not added over events: " .. refusal.message .. "."
end

return tolls
