print(io, os.execute, os.getenv, os.remove, loadfile, dofile, debug)
