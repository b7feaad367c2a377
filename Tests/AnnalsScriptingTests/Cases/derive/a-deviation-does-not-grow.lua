return data.events:derive("d = cumulate(stddev(crowd))")
