"""Print the path of a Chromium that the browser tests can drive, or say why there is none.

Looks for, in this order: $CHROMIUM, an installed Chrome or Chromium, the one that
Playwright keeps, and last, on Debian and with the right to install, Debian's packages.

    python tests/browser/find_browser.py [--no-install]
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
)
MACOS_APPLICATIONS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
)
# The places where Playwright keeps its browsers, and the program inside, on Linux and macOS.
PLAYWRIGHT_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
# DejaVu has the arrows and signs that pages use, Liberation the widths of common fonts.
BROWSER_PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation")
# Playwright's driver is a program of its own, which a bare Debian lacks this library for.
DRIVER_PACKAGES = ("libatomic1",)


def main() -> int:
    may_install = "--no-install" not in sys.argv[1:]
    try:
        ensure_driver(may_install=may_install)
        print(find_browser(may_install=may_install))
    except LookupError as nothing:
        print(f"The browser tests cannot run: {nothing}", file=sys.stderr)
        return 1
    return 0


def ensure_driver(*, may_install: bool) -> None:
    """Make sure that Playwright's driver starts."""
    driver = [sys.executable, "-m", "playwright"]
    if runs(driver):
        return
    if may_install:
        install(DRIVER_PACKAGES)
    if not runs(driver):
        raise LookupError(
            f"Playwright's driver does not start; `{' '.join(driver)} --version` shows why. "
            "On Debian and Ubuntu it needs the package libatomic1."
        )


def find_browser(*, may_install: bool) -> str:
    """Give the path of a browser that runs."""
    named = os.environ.get("CHROMIUM")
    if named:
        # A wrong name is told, not passed over: whoever set it meant that browser.
        if not runs([named]):
            raise LookupError(f"CHROMIUM names {named!r}, which does not run.")
        return named
    found = first_that_runs()
    if found is None and may_install:
        install(BROWSER_PACKAGES)
        found = first_that_runs()
    if found is None:
        raise LookupError(
            "no Chrome or Chromium was found. Install either (on Debian: apt-get install "
            f"{' '.join(BROWSER_PACKAGES)}; or `{sys.executable} -m playwright install chromium`), "
            "or name one in the environment variable CHROMIUM."
        )
    return found


def first_that_runs() -> str | None:
    return next((path for path in candidates() if runs([path])), None)


def candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, COMMANDS))
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (str(folder / name) for name in MACOS_APPLICATIONS)
    kept = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    for folder in (kept,) if kept else PLAYWRIGHT_FOLDERS:
        for program in PLAYWRIGHT_PROGRAMS:
            yield from map(str, sorted(Path(folder).expanduser().glob(program), reverse=True))


def runs(command: list[str]) -> bool:
    """Tell whether a command can say its version: a name on the path may be an empty shell."""
    return succeeds([*command, "--version"])


def succeeds(command: list[str]) -> bool:
    try:
        asked = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def install(packages: tuple[str, ...]) -> None:
    """Install Debian packages where that is possible; elsewhere do nothing."""
    apt_get = privileged_apt_get()
    if apt_get is None:
        return
    print(f"Installing {', '.join(packages)}", file=sys.stderr)
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt_get, *arguments],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode != 0:
            raise LookupError(
                f"`apt-get {' '.join(arguments)}` failed:\n{done.stdout}{done.stderr}"
            )


def privileged_apt_get() -> list[str] | None:
    """Give the command that installs packages, or None without apt-get or the right to use it."""
    apt_get = shutil.which("apt-get")
    if apt_get is None:
        return None
    command = ["env", "DEBIAN_FRONTEND=noninteractive", apt_get]
    if os.geteuid() == 0:
        return command
    sudo = shutil.which("sudo")
    if sudo and succeeds([sudo, "--non-interactive", "true"]):
        return [sudo, "--non-interactive", *command]
    return None


if __name__ == "__main__":
    sys.exit(main())
