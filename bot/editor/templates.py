"""HTML pages, made from Jinja2 templates that lie beside the code that fills them."""

from pathlib import Path


def fill(template: Path, **values: object) -> str:
    """The template with `values` put in, escaped. A name that it uses and that is not given raises.

    It can include files of its own folder, like its style and its script.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only pages need it

    environment = Environment(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(template.name).render(values)
