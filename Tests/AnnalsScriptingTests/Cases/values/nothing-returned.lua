print("only this")
