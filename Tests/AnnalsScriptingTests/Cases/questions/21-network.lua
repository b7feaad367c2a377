-- Who meets whom
--
-- The events that two actors share, and in how many of them they stood on one side or on opposite
-- ones; an actor on both sides counts in both. Events with very many actors tie everybody to
-- everybody and are left out.

local p = params {
  { "most", default = 6, help = "leave out events with more actors" },
}

local actors = data.participations
  :select("event", "name = actor.name", "side")
  :group("event")
  :derive("actors = distinct(name)")
  :ungroup()
local few = actors:where("actors <= $most", p)
local crowds = actors:where("actors > $most", p)

local edges = few
  :join(few, "event")
  :where("name < name_right")
  :group("first = name", "second = name_right", "event")
  :aggregate("same = any(side == side_right)", "opposite = any(side ~= side_right)")
  :group("first", "second")
  :aggregate("events = count()", "same = count_if(same)", "opposite = count_if(opposite)")
  :sort("-events", "first", "second")

return edges, ("%d event has more than %d actors and is left out.")
  :format(#crowds:distinct("event"), p.most)
