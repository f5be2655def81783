"""Settings of the pages: no network is needed, neither to build nor to read them."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "_ext"))

project = "sksearch"
author = "The sksearch developers"
copyright = "2026, The sksearch developers"
release = installed_version("sksearch")
version = release

extensions = [
    "reference",
    "sphinx.ext.intersphinx",
    "myst_nb",
    "numpydoc",
    "picture_of",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
    "sphinx_design",
    "forked_kernels",
]
exclude_patterns = ["_build"]
default_role = "name"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
pygments_dark_style = "github-dark"

html_theme = "furo"
html_css_files = ["pages.css"]
html_title = f"sksearch {release}"
html_show_sourcelink = False
html_static_path = ["_static"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# The code of the pages is run when they are built, and what it prints stands below it.
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_execution_show_tb = True
nb_merge_streams = True

# The reference: `_ext/reference.py` writes its pages, `_ext/names.py` knows what is on
# them. Types are words of the docstrings, some of them links.
from names import FULL, TYPES

autodoc_typehints = "none"
autodoc_member_order = "alphabetical"
numpydoc_show_class_members = False
numpydoc_xref_param_type = True
numpydoc_xref_ignore = "all"
numpydoc_xref_aliases = TYPES | FULL
# A docstring that breaks one of these stops the build.
numpydoc_validation_checks = {
    "GL03",  # two blank lines in a docstring
    "GL06",  # a section that numpydoc does not know
    "GL07",  # sections in another order
    "GL08",  # no docstring
    "PR01",  # a parameter without a text
    "PR02",  # a text without a parameter
    "PR03",  # parameters in another order
    "PR04",  # a parameter without a type
    "PR07",  # a parameter without a description
    "RT01",  # no Returns section
    "YD01",  # no Yields section
}
numpydoc_validation_exclude = {
    r"\.set_\w+_request$",  # made by scikit-learn
    r"\.__\w+__$",
    r"\.propose$",  # described once, at Sampler
}

# Where the links to other projects lead. The inventories hold the names that we use.
from inventories import packed

intersphinx_mapping = packed(Path(__file__).parent)

# Of `make linkcheck`. Publishers refuse robots, and our own site is checked with `-n`.
linkcheck_ignore = ["https://doi.org/", "https://github.com/sksearch/"]
linkcheck_timeout = 20
