return data.weather
