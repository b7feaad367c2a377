return data.participations:aggregate("n = count_if(actor == 'Harbour Police')")
