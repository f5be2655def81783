"""The directive `{picture-of} page`: the first picture of another page, made small."""

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxDirective


class Place(nodes.General, nodes.Element):
    """Stands for the picture until all pages have been run."""


class PictureOf(SphinxDirective):
    required_arguments = 1

    def run(self):
        page = docname_join(self.env.docname, self.arguments[0])
        return [Place(page=page)]


def put_pictures(app, doctree, _docname):
    for place in list(doctree.findall(Place)):
        page = place["page"]
        found = next(app.env.get_doctree(page).findall(nodes.image), None)
        if found is not None:
            picture = found.deepcopy()
            picture["classes"].append("picture-of")
            place.replace_self(picture)
        elif app.config.nb_execution_mode == "off":
            place.parent.remove(place)
        else:
            msg = f"{{picture-of}} {page}: the page has no picture."
            raise ExtensionError(msg)


def setup(app):
    app.add_node(Place)
    app.add_directive("picture-of", PictureOf)
    app.connect("doctree-resolved", put_pictures)
    app.add_css_file("picture_of.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
