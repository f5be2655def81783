"""The inventories of other projects, as plain text, for Sphinx's intersphinx.

A file `_inventories/PROJECT.txt` has the address of the pages of a project in its first
line, and in each other one a name, its role and its page, which may end with "$" for
the name. `_inventories/make.py` writes the files.
"""

import zlib

HEAD = """# Sphinx inventory version 2
# Project: {project}
# Version:
# The remainder of this file is compressed using zlib.
"""


def packed(docs):
    """Return the mapping for intersphinx; its files are written to `_build`."""
    place = docs / "_build" / "inventories"
    place.mkdir(parents=True, exist_ok=True)
    texts = sorted((docs / "_inventories").glob("*.txt"))
    return {path.stem: pack(path, place) for path in texts}


def pack(path, place):
    """Return the address of a project and the file of its inventory, for Sphinx."""
    address, *entries = path.read_text(encoding="utf-8").splitlines()
    lines = []
    for entry in entries:
        name, role, page = entry.rsplit(" ", 2)
        lines.append(f"{name} {role} 1 {page} -\n")
    target = place / f"{path.stem}.inv"
    head = HEAD.format(project=path.stem).encode()
    target.write_bytes(head + zlib.compress("".join(lines).encode()))
    return address, str(target)
