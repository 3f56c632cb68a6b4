// CorosPrograms
