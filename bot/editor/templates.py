"""HTML pages and text files, made from Jinja2 templates that lie beside the code that fills them."""

from pathlib import Path


def fill(template: str, **values: object) -> str:
    """The template (a path below bot/editor) with `values` put in; escaped, if its name does not end as text or YAML. A
    name that it uses and that is not given raises."""
    import jinja2  # noqa: PLC0415 - what prints without a template does not wait for the import

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=jinja2.select_autoescape(disabled_extensions=("txt.j2", "yaml.j2"), default=True),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template(template).render(values)
