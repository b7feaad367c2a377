error("this went wrong")
