"""Runs a notebook in a fresh kernel: run_notebook.py SOURCE TARGET.

The target is written only if every cell ran. Otherwise the message on stderr names the cell and the
error, and the exit code is 1. Cells before the failing one are not kept.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

SECONDS_PER_CELL = 600


class Client(NotebookClient):
    """Remembers the cell at work, which the kernel's error replies do not name."""

    cell = None

    async def async_execute_cell(self, cell, cell_index, **options):
        self.cell = cell
        return await super().async_execute_cell(cell, cell_index, **options)


def run(source: Path, target: Path) -> None:
    notebook = nbformat.read(source, as_version=4)
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for cell in code_cells:
        cell.outputs = []
        cell.execution_count = None
    client = Client(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name="tslab",
        record_timing=False,
        resources={"metadata": {"path": str(source.parent)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        number = next(i for i, cell in enumerate(code_cells, 1) if cell is client.cell)
        # tslab sends no error output: what went wrong is on stderr.
        said = "".join(out.text for out in client.cell.outputs if out.get("name") == "stderr")
        sys.exit(f"{source.name}, code cell {number} failed:\n{said.strip() or error}\n\nThe cell:\n{client.cell.source}")
    # A cell that the kernel dropped has no count, whatever its reply said.
    dropped = [i for i, cell in enumerate(code_cells, 1) if cell.execution_count != i]
    if dropped:
        sys.exit(f"{source.name}: code cells {dropped} did not run")
    nbformat.write(notebook, target)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
