"""Seconds from a kernel's start to its first result: kernel.py NAME CODE; "not installed" without the kernel."""

import sys
import time

from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import start_new_kernel

start = time.perf_counter()
try:
    manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=60)
except NoSuchKernel:
    sys.exit("not installed")
try:
    reply = client.execute_interactive(sys.argv[2], timeout=60, output_hook=lambda message: None)
    if reply["content"]["status"] != "ok":
        sys.exit(f"{sys.argv[1]} answered {reply['content']}")
    print(time.perf_counter() - start)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
