"""Runs a notebook in a fresh kernel: run_notebook.py SOURCE TARGET.

The target is written only if every cell ran without an error. Otherwise the message on stderr names the cell and the
error, and the exit code is 1. The metadata of a question that asks for a prediction has an expression, `check`: the kernel
evaluates each when all cells have run, and a list of what it printed goes to stdout, for predictions.mjs to judge.
When it is told to end, or its stdin ends because what called it was killed, the kernel ends with it, whatever its cell
is doing.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError
from read_notebook import BrokenNotebook, read_notebook

SECONDS_PER_CELL = 600


class CellFailed(Exception):
    """A cell failed, or the kernel did not run it."""


def check(cell, cell_index, execute_reply):
    """nbclient lets errors pass in cells with a tag, and never looks for cells that were dropped after one."""
    status = execute_reply["content"]["status"]
    if status != "ok":
        # tslab sends no error output: what went wrong is on stderr.
        said = "".join(output.text for output in cell.outputs if output.get("name") == "stderr")
        raise CellFailed(said.strip() or f"the kernel answered '{status}' and nothing else")


def end_with_caller(client: NotebookClient) -> None:
    def end(*_) -> None:
        if client.km and client.km.has_kernel:
            client.km.provisioner.process.kill()
        os._exit(1)

    def end_with_stdin() -> None:
        os.read(0, 1)
        end()

    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=end_with_stdin, daemon=True).start()


def run(source: Path, target: Path) -> None:
    try:
        notebook = read_notebook(source)
    except BrokenNotebook as error:
        sys.exit(f"{source.name} {error}")
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for cell in code_cells:
        cell.outputs = []
        cell.execution_count = None
    predictions = [cell.metadata.get("predict") for cell in notebook.cells]
    checks = [
        nbformat.v4.new_code_cell(f"console.log(JSON.stringify({one['check']}));")
        for one in predictions
        if isinstance(one, dict) and one.get("check")
    ]
    own_cells = notebook.cells
    notebook.cells = [*own_cells, *checks]
    at_work = []
    client = NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="tslab",
        record_timing=False,
        # As JupyterLab keeps them.
        coalesce_streams=True,
        resources={"metadata": {"path": str(source.parent)}},
        on_cell_execute=lambda cell, cell_index: at_work.append(cell),
        on_cell_executed=check,
    )
    end_with_caller(client)
    try:
        client.execute()
    except (CellFailed, CellTimeoutError, RuntimeError) as error:  # A dead kernel is a RuntimeError.
        if not at_work:
            sys.exit(f"{source.name}: the kernel did not start. Run the command again.\n{error}")
        sys.exit(f"{source.name}, code cell {len(at_work)} failed:\n{error}\n\nThe cell:\n{at_work[-1].source}")
    notebook.cells = own_cells
    said = ["".join(output.get("text", "") for output in asked.outputs) for asked in checks]
    # Half a character, which a program may print, is in no UTF-8: it is written as JSON's \\u escape.
    target.write_bytes(nbformat.writes(notebook, ensure_ascii=True).encode())
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
