print("coros")
