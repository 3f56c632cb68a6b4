// CorosTerminal
