return data.events:derive()
