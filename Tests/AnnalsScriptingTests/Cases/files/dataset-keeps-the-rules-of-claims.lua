local mine = annals.dataset{figures = data.figures, events = data.events}
return mine.figures:where("measure == 'killed'"):aggregate("toll = sum(value)")
