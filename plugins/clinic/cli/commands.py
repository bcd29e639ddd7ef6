"""The command line, which the Makefile calls: a table of commands, each loaded when it is asked for.

So a preview is there at once, and need not load what reads e-mails.
"""

from importlib import import_module
from pathlib import Path

import click

from clinic.cli.build import Project
from clinic.cli.options import content_folder

COMMANDS = {
    "start": "clinic.cli.start.command:start_command",
    "post": "clinic.cli.start.command:post_command",
    "page": "clinic.cli.start.command:page_command",
    "service": "clinic.cli.start.command:service_command",
    "person": "clinic.cli.start.command:person_command",
    "preview": "clinic.cli.preview.command:preview_command",
    "admin": "clinic.cli.editor:admin_command",
    "share": "clinic.cli.share:share_command",
    "html": "clinic.cli.html:html_command",
    "check": "clinic.cli.check.command:check_command",
    "publish": "clinic.cli.publish.command:publish_command",
    "undo": "clinic.cli.publish.command:undo_command",
    "deploy": "clinic.cli.deploy.command:deploy_command",
    "hosting": "clinic.cli.hosting:hosting_command",
    "schedule": "clinic.cli.schedule:schedule_command",
    "import": "clinic.cli.importing.command:import_command",
    "comment": "clinic.cli.comments.command:comment_command",
    "styleguide": "clinic.cli.styleguide:styleguide_command",
}
"""Where each command is: its module and its name there."""
FOLDER = click.Path(exists=True, file_okay=False, readable=False, path_type=Path)


class LoadedWhenAsked(click.Group):
    """A group whose commands are imported when one is named (click's own recipe, "Lazily Loading Subcommands")."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- as above
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that is named; what it does not know is told without usage of options, which nobody typed."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            hint = "what a command is given is written behind it, as in TITLE=…; python site.py lists all commands"
            raise click.ClickException(f"{error.format_message().rstrip('.')}: {hint}.") from None


@click.group(cls=LoadedWhenAsked)
@click.option("--project", type=FOLDER, default=".", help="The folder that holds content/, theme/ and the settings.")
@click.option("--content", default="content", help="The content, from there.")
@click.pass_context
def cli(context: click.Context, project: Path, content: str) -> None:
    """Preview the site while writing, and publish it."""
    root = project.resolve()
    is_new = context.invoked_subcommand == "start"
    context.obj = Project(root, content_folder(root, content, may_be_new=is_new))
