return data.events:derive("n = rolling(count(), 3)")
