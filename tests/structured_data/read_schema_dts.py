"""How schema_org_domains.json was made, from Google's schema-dts (the vocabulary as TypeScript definitions).

    npm install schema-dts
    python read_schema_dts.py node_modules/schema-dts/dist/schema.d.ts TYPE… > schema_org_domains.json

It keeps the types named and all they inherit from; properties that schema.org calls superseded are left out, so that
using one is a failing test.
"""

import json
import re
import sys
from pathlib import Path
from typing import TypedDict

_BASE = re.compile(r"^(?:export )?interface (\w+)Base extends ([^{]+)\{(.*?)^\}", re.MULTILINE | re.DOTALL)
_LEAF = re.compile(r'^export interface \w+Leaf extends ([^{]+)\{\s*"@type": "(\w+)"', re.MULTILINE)
_PROPERTY = re.compile(r'(/\*\*(?:(?!\*/).)*\*/)?\s*"(\w+)"\?:', re.DOTALL)
_PARENT = re.compile(r"(\w+)Base\b")


class TypeEntry(TypedDict):
    """What schema.org says of one type: what it inherits from, and the properties whose domain it is."""

    parents: list[str]
    properties: list[str]


def read(definitions: str) -> dict[str, TypeEntry]:
    """Every type in the TypeScript definitions."""
    types: dict[str, TypeEntry] = {}
    for name, parents, body in _BASE.findall(definitions):
        current = [prop for comment, prop in _PROPERTY.findall(body) if "@deprecated" not in comment]
        types[name] = {"parents": sorted(set(_PARENT.findall(parents))), "properties": current}
    for parents, name in _LEAF.findall(definitions):
        types.setdefault(name, {"parents": sorted(set(_PARENT.findall(parents))), "properties": []})
    return types


def with_ancestors(types: dict[str, TypeEntry], wanted: list[str]) -> dict[str, TypeEntry]:
    """The wanted types and all they inherit from."""
    found: dict[str, TypeEntry] = {}
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = types[name]
            wanted.extend(types[name]["parents"])
    return dict(sorted(found.items()))


if __name__ == "__main__":
    chosen = with_ancestors(read(Path(sys.argv[1]).read_text("utf-8")), sys.argv[2:])
    json.dump({"made_by": "read_schema_dts.py from schema-dts 2.1.0", "types": chosen}, sys.stdout, indent=1)
    sys.stdout.write("\n")
