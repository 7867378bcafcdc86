"""Nothing in the package touches the network: every socket is an error here."""

import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"

# Runs in a process of its own, before anything of ours is imported: sockets and name look-ups raise.
BLOCKED = f"""
import socket, sys

def refuse(*args, **kwargs):
    raise AssertionError(f"the network was asked for: {{args}}")

class NoSocket(socket.socket):
    def __init__(self, family=-1, *args, **kwargs):
        refuse(family)

socket.socket = NoSocket
for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, refuse)

import importlib, pkgutil
import biaslens
for module in pkgutil.walk_packages(biaslens.__path__, "biaslens."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
result = biaslens.compare({str(SEEDS)!r})
result.evidence(), result.before_cleaning(), result.to_json(), result._repr_html_(), str(result)
result.report(sys.argv[1])
biaslens.score(["A text."]), biaslens.voices("He said no."), biaslens.measures()
assert "textstat" not in sys.modules and "nltk" not in sys.modules
print("offline", len(result.articles))
"""


def test_every_module_and_face_works_with_sockets_blocked(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, str(tmp_path / "report.html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "offline 5\n", done.stderr


def test_the_block_itself_works(tmp_path: Path) -> None:
    script = BLOCKED.split("import importlib")[0] + "socket.create_connection(('example.org', 80))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "the network was asked for" in done.stderr
