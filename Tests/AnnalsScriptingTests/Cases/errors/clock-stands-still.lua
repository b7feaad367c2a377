print(os.time() == os.time(), os.date("!%Y", os.time()))
