return annals.dataset{events = data.events}
