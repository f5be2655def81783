"""A page for each public name, and links to it wherever a docstring has the name.

The pages in `reference/` list the names in tables, with the directive ``names``. A
build writes `reference/api/NAME.rst` for each of them, and removes the pages of names
that are no longer listed. In docstrings, single backticks link a name that has a page
(`Choice`, `Ladder.between`, `sklearn.base.clone`); all else in them is code.
"""

import inspect
from pathlib import Path

from docutils import nodes
from names import MEMBERS, NAMES, found, full_name, page_name, summary_of
from sphinx.domains.python import PyXRefRole
from sphinx.util.docutils import SphinxDirective, SphinxRole


def table_of(rows):
    """Return the text of a table with a line for each link: (link, summary)."""
    lines = [".. list-table::", "   :class: names", ""]
    for link, summary in rows:
        lines += [f"   * - :obj:`{link}`", f"     - {summary}"]
    return lines


def kind_of(thing):
    """Return which directive of autodoc describes a thing."""
    if not inspect.isclass(thing):
        return "function"
    return "exception" if issubclass(thing, Exception) else "class"


def page_of(name):
    """Return the text of the page of a name."""
    module, _, word = name.rpartition(".")
    thing = found(name)
    kind = kind_of(thing)
    lines = [word, "=" * len(word), "", f".. currentmodule:: {module}", ""]
    lines += [f".. auto{kind}:: {word}"]
    if kind == "exception":
        lines += ["   :show-inheritance:"]
    if members := MEMBERS[name]:
        things = {m: inspect.getattr_static(thing, m) for m in members}
        rows = [(f"{m} <{name}.{m}>", summary_of(x)) for m, x in things.items()]
        some = any(isinstance(x, property) for x in things.values())
        title = "Methods and properties" if some else "Methods"
        table = ["", f".. rubric:: {title}", "", *table_of(rows)]
        lines += [f"   :members: {', '.join(members)}"]
        lines += ["   " * bool(line) + line for line in table]
    return "\n".join(lines) + "\n"


def write_pages(app):
    """Write the pages, each only if it differs; remove those of other names."""
    folder = Path(app.srcdir, "reference", "api")
    folder.mkdir(exist_ok=True)
    texts = {folder / f"{name}.rst": page_of(name) for name in NAMES}
    for path in set(folder.iterdir()) - texts.keys():
        path.unlink()
    for path, text in texts.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


class Names(SphinxDirective):
    """A table of names, each with its first sentence; their pages stand below."""

    has_content = True

    def run(self):
        """Return the nodes of the table."""
        rows = [(f"~{name}", summary_of(found(name))) for name in self.content]
        lines = [*table_of(rows), "", ".. toctree::", "   :hidden:", ""]
        lines += [f"   api/{name}" for name in self.content]
        return self.parse_text_to_nodes("\n".join(lines))


class Name(SphinxRole):
    """A link if the text is a name that has a page, else code."""

    def run(self):
        """Return the node of the text."""
        name = self.text.removeprefix("~")
        target = full_name(name, self.env.ref_context.get("py:class"))
        if target is None:
            return [nodes.literal(self.rawtext, self.text)], []
        title = name if name == self.text else name.rpartition(".")[2]
        link = f"{title} <{target}>"
        return PyXRefRole()("py:obj", self.rawtext, link, self.lineno, self.inliner)


def other_name(app, env, node, contnode):
    """Resolve a link to a thing by another of its names."""
    name = page_name(node.get("reftarget", ""))
    if name is None:
        return None
    return env.domains.python_domain.resolve_xref(
        env, node["refdoc"], app.builder, "obj", name, node, contnode
    )


def fold_sidebar(app, pagename, templatename, context, doctree):
    """Show pages below another one beside it only, which takes a sixth of the time."""
    if toctree := context.get("toctree"):
        context["toctree"] = lambda **how: toctree(**how | {"collapse": True})


def setup(app):
    """Connect all this with Sphinx."""
    app.add_role("name", Name())
    app.add_directive("names", Names)
    app.connect("builder-inited", write_pages)
    app.connect("missing-reference", other_name)
    app.connect("html-page-context", fold_sidebar, priority=400)  # before furo's
    return {"version": "1", "parallel_read_safe": True}
