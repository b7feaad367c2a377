return data.events:where {}
