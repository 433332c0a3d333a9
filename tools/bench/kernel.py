"""How long a kernel takes: kernel.py NAME. The last line printed has the seconds from its start to its
first result, and the median seconds of a cell after it. Exit code 3: there is no such kernel."""

import statistics
import sys
import time

from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import start_new_kernel

CELLS = 20


def seconds_of(client, code: str) -> float:
    start = time.perf_counter()
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
    if reply["content"]["status"] != "ok":
        sys.exit(f"{sys.argv[1]} answered {reply['content']}")
    return time.perf_counter() - start


begin = time.perf_counter()
try:
    manager, client = start_new_kernel(kernel_name=sys.argv[1], startup_timeout=60)
except NoSuchKernel:
    sys.exit(3)
try:
    seconds_of(client, "1 + 1")
    first_result = time.perf_counter() - begin
    cell = statistics.median(seconds_of(client, f"1 + {i}") for i in range(CELLS))
    print(f"\n{first_result} {cell}")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
