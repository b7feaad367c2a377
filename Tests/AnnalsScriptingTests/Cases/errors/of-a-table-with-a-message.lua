error({ kind = "mine", message = "the year is missing", fix = "give one" })
