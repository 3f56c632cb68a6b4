// CorosShell
