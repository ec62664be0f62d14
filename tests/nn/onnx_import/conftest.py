# Modules that only serve the tests: nothing to collect, and one needs PyTorch, which the plain run does without.
collect_ignore_glob = ["torch_*.py", "hostile.py"]
