print(io, os.execute, os.remove, loadfile, dofile, debug)
