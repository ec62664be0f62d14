"""One photo under several kernels: what each of them makes of it, and what it is for."""
