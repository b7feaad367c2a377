error("this went wrong", 0)
