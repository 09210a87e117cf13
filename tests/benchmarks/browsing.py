"""Built sites, a server for them and a browser, for what is measured there."""

from __future__ import annotations

import gzip
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.find_browser import find_browser

ROOT = Path(__file__).parents[2]

# What a web server compresses; the files of the index are compressed already.
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".xml"}

# Lets what the theme's search is asked and answers be seen from outside.
OVERHEARD = """
window.asked = 0;
window.answers = [];
window.Worker = class extends Worker {
  constructor(...told) {
    super(...told);
    this.addEventListener("message", ({data}) => data.type === 3 && answers.push(data.data.items));
  }
  postMessage(message, ...rest) {
    if (message.type === 2) asked += 1;
    super.postMessage(message, ...rest);
  }
};
"""


def build(project: Path, site: Path, *, search: bool) -> Path:
    """Build a project of MkDocs with the archive's search, or with the theme's, into a folder."""
    config = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    config["docs_dir"] = str(project / config.get("docs_dir", "docs"))
    config["site_dir"] = str(site)
    theme = config["theme"]
    if "custom_dir" in theme:
        theme["custom_dir"] = str(project / theme["custom_dir"])
    config["plugins"] = ["search", *_archive(config["plugins"], search=search)]
    site.parent.mkdir(parents=True, exist_ok=True)
    told = site.parent / f"{site.name}.yml"
    told.write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(told)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return site


def _archive(plugins: Sequence[Any], *, search: bool) -> list[Any]:
    name = "postmortem-archive"
    options = next(plugin[name] for plugin in plugins if name in plugin and plugin != name)
    return [{name: {**options, "search": search}}]


@contextmanager
def served(folder: Path, *, compressed: bool = False) -> Iterator[str]:
    """Serve a folder from this machine, and give its address."""
    handler = partial(_Compressing if compressed else _Plain, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a browser hangs up in the middle of an answer."""


class _Plain(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else a body waits for the browser to confirm its headers: 40 ms for every file.
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class's name
        pass


class _Compressing(_Plain):
    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if file.suffix not in COMPRESSED or not file.is_file():
            super().do_GET()
            return
        content = _compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@lru_cache(maxsize=256)
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """Start Chromium without a window."""
    with sync_playwright() as playwright:
        path = find_browser(may_install=False)
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=arguments)
        yield browser
        browser.close()
