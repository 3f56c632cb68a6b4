// CorosKernel
