"""`comment`."""

from pathlib import Path

import click

from clinic.cli.comments.intake import Intake
from clinic.cli.comments.submission import Unreadable
from clinic.cli.disk import sentence
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible


@click.command("comment")
@click.option(
    "--from", "source", type=click.Path(path_type=Path, readable=False), help="An e-mail, or a form's message or table."
)
@click.option("--article", default="", help="The last part of the article's address, if the message does not say.")
@click.pass_context
def comment_command(context: click.Context, source: Path | None, article: str) -> None:
    """Take in what someone sent; without a file, ask for it."""
    intake = Intake(context.obj.root, context.obj.root / context.obj.content, source, article)
    try:
        with interruptible():
            code = intake.run()
    except Unreadable as error:
        raise click.ClickException(f"{source}: {error}" if source else f"{error}") from None
    except OSError as error:
        raise click.ClickException(
            f"{intake.outcome('The comment could not be written')}: {sentence(error)}."
        ) from error
    except (Interrupted, click.Abort):
        click.echo(f"\n{intake.outcome('Stopped; nothing was written')}.")
        code = INTERRUPTED
    context.exit(code)
