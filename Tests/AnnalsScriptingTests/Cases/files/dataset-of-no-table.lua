return annals.dataset{events = {{"e1"}}}
