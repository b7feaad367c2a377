return annals.figure("3")
