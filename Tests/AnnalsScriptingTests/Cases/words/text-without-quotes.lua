return data.events:where("status == asserted")
