return annals.dataset{
  events = data.events:where("id ~= 'e-strike'"), places = data.places,
}
