-- agent: strike 1200, march 800 (twice), clash 150, shots and raid unknown.
return data.participations:group("role"):aggregate("crowd = sum(event.crowd, event)")
