"""The report as one page to print or send: the owner's report."""

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from clinic.cli.check.agenda import KINDS
from clinic.cli.check.report import WORDS, Report, changes_in_words
from clinic.content.diagnostics import Severity
from clinic.rendering.dates import day, day_and_time

REPORT = "check/report.html"
"""Where it is written, from the project's folder: beside the site, never in it."""


def report_page(report: Report) -> str:
    """The page, whole in itself: no script, and nothing that is loaded from anywhere."""
    environment = Environment(
        loader=PackageLoader("clinic.cli.check", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    counts = [(severity, sum(each.severity is severity for each in report.sorted)) for severity in Severity]
    return environment.get_template("report.html").render(
        report=report,
        counts=[(severity.value, count, WORDS[severity][1 if count == 1 else 2]) for severity, count in counts],
        changes=report.changes and changes_in_words(report.changes),
        kinds=KINDS,
        day=day,
        checked=day_and_time(report.now),
        style=files("clinic.cli.check").joinpath("assets/report.css").read_text("utf-8"),
    )
