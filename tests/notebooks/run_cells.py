"""Runs cells in a fresh kernel, one after the other, and prints what came of each as JSON.

On stdin a list of cells: {"code", "interrupt_at"?}. With `interrupt_at` the kernel is interrupted as soon as the
cell has printed that, by the means that an argument names ("signal" or "message") or by its own. All that comes later for a cell counts as its own, until the last cell has ended.
"""

import json
import sys
import time
from queue import Empty

from jupyter_client.manager import KernelManager

manager = KernelManager(kernel_name="tslab")
if sys.argv[1:]:
    manager.kernel_spec.interrupt_mode = sys.argv[1]
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
cells = json.load(sys.stdin)
by_request = {}


def ran(cell):
    return "status" in cell and cell.get("idle")


def receive():
    for channel in (client.get_iopub_msg, client.get_shell_msg):
        try:
            message = channel(timeout=0.1)
        except Empty:
            continue
        cell = by_request.get(message["parent_header"].get("msg_id"))
        content = message["content"]
        if cell is None:
            continue
        if message["msg_type"] == "execute_reply":
            cell["status"] = content["status"]
        elif message["msg_type"] == "stream":
            cell["text"] += content["text"]
        elif message["msg_type"] in ("display_data", "update_display_data"):
            cell["text"] += content["data"]["text/plain"] + "\n"
        elif content.get("execution_state") == "idle":
            cell["idle"] = True


try:
    for cell in cells:
        cell["text"] = ""
        by_request[client.execute(cell["code"])] = cell
        while not ran(cell):
            receive()
            if cell.get("interrupt_at", "\0") in cell["text"]:
                del cell["interrupt_at"]
                manager.interrupt_kernel()
        if cell["status"] != "ok":
            time.sleep(0.3)  # tslab drops cells that come within 200 ms of an error.
    print(json.dumps([{"status": cell["status"], "text": cell["text"].strip()} for cell in cells]))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
