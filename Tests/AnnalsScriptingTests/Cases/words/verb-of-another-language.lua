return data.events:filter("type == 'protest'")
