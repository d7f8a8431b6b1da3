"""Ask the language servers what they support, and write the committed tables anew.

Run ``python reference_impl/tools/editor_support.py``, with the servers in ``.venv-editors``.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from tools.lsp import neovim, table
from tools.lsp.captures import CAPTURES, capture
from tools.lsp.editor import editing
from tools.lsp.environments import WAYS, finds
from tools.lsp.features import FEATURES
from tools.lsp.project import build_wheel, create
from tools.lsp.servers import ENVIRONMENT, SERVERS, Server, versions


def ask(server: Server, version: str, package: Path, folder: Path) -> table.Entry:
    """Ask one server everything."""
    folder.mkdir()
    project = create(folder / "chat", package, ENVIRONMENT / "bin" / "python")
    with editing(server, project) as editor:
        features = {name: feature.supported(editor) for name, feature in FEATURES.items()}
        captures = {name: capture(name, editor) for name in CAPTURES}
    for name, way in WAYS.items():
        (folder / name).mkdir()
        features[name] = finds(server, way, folder / name, package)
    return table.Entry(version, features, captures)


def main() -> None:
    """Write the tables."""
    installed = versions()
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        package = build_wheel(folder / "wheel")
        table.write(
            {server.name: ask(server, installed[server.name], package, folder / server.name) for server in SERVERS}
        )
        captured = next(server for server in SERVERS if server.name == neovim.CAPTURED)
        with neovim.editing(captured, create(folder / "chat", package, ENVIRONMENT / "bin" / "python")) as editor:
            neovim.write(editor.screens(errors=True))


if __name__ == "__main__":
    main()
