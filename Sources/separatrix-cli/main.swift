print("separatrix")
