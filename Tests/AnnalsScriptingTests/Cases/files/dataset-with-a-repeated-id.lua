return annals.dataset{events = data.events:append(data.events)}
