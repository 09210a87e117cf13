"""The example archive, built once and served, for every test that looks at a site.

Property tests try the same texts in every run, so that a change is judged by what it changes.
`HYPOTHESIS_PROFILE=explore make test` looks for new ones.
"""

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from mkdocs.config import load_config

ROOT = Path(__file__).parent.parent

# Long enough for a slow machine that imports the highlighter in between, and far from a hang.
settings.register_profile("same", deadline=timedelta(seconds=5), derandomize=True)
settings.register_profile("explore", deadline=timedelta(seconds=5), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example archive as a user does, and give the folder of its pages."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, f"mkdocs build --strict failed:\n{built.stdout}{built.stderr}"
    return folder


@pytest.fixture(scope="session")
def site_path() -> str:
    """Give the path under which the example archive is published, with a slash at both ends."""
    site_url = load_config(str(ROOT / "mkdocs.yml")).site_url or "/"
    return f"/{urlsplit(site_url).path.strip('/')}/".replace("//", "/")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve a folder at a path of this machine: ``serve(folder, at="/archive/")`` gives its URL.

    ``headers`` are sent with every answer.
    """
    with contextlib.ExitStack() as servers:
        yield lambda folder, at="/", headers=None: servers.enter_context(
            _served(folder, at, headers or {})
        )


@pytest.fixture(scope="session")
def served_site(built_site: Path, site_path: str, serve: Callable[..., str]) -> str:
    """Serve the example archive where it is published, so that a link out of it is seen to fail."""
    return serve(built_site, at=site_path)


@contextlib.contextmanager
def _served(folder: Path, at: str, headers: Mapping[str, str]) -> Iterator[str]:
    handler = functools.partial(_FolderHandler, at=at, headers=headers, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{at}"
        server.shutdown()


class _Server(http.server.ThreadingHTTPServer):
    # A browser opens more connections at once than the five that wait by default.
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Say nothing when a browser hangs up in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _FolderHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are sent apart; waiting to join them costs 40 ms an answer.
    disable_nagle_algorithm = True
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
    }

    def __init__(self, *args, at: str, headers: Mapping[str, str], **kwargs):
        self.at, self.further_headers = at, headers
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.at):
            return str(Path(self.directory) / "outside the site")
        return super().translate_path("/" + path.removeprefix(self.at))

    def end_headers(self):
        # The link checker goes easy on servers that do not greet it by name.
        self.send_header("LinkChecker", "welcome")
        for name, value in self.further_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args):
        """Keep every request out of the tests' output."""
