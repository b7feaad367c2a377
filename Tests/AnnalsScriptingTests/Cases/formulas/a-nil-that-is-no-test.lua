return data.events:where("crowd > nil")
