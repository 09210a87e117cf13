"""The built wheel, alone in a clean environment, makes a site of somebody else's reports."""

import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What the README tells a newcomer to write.
README = (ROOT / "README.md").read_text(encoding="utf-8")
(CONFIGURATION,) = re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
(SMALLEST,) = re.findall(r"^```markdown\n(.*?)^```", README, re.DOTALL | re.MULTILINE)

REPORTS = {
    "2024/mail-queue.md": """\
---
title: Mail queue stuck behind one oversized message
severity: P2
started: 2024-03-04T08:10Z
detected: 2024-03-04T08:31Z
resolved: 2024-03-04T09:02Z
services: [mail]
---
# Mail queue stuck behind one oversized message

## Timeline

| Time (UTC) | Event |
|---|---|
| 08:10 | Queue stops moving |
| 08:31 | Alert `QueueAge` fired |
| 09:02 | Message removed, queue drains |
""",
    "2025/smallest.md": SMALLEST,
}


@pytest.fixture(scope="module")
def clean_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and only what it says it needs, into an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    # The versions of the lock, without its hashes: the wheel itself has none there.
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(re.findall(r"^[\w.-]+==[^\s;\\]+", locked, re.MULTILINE)))
    run(python, "-m", "pip", "install", "--quiet", "--constraint", constraints, wheel)
    return python


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    assert len(CONFIGURATION.splitlines()) == 3
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    for path, text in REPORTS.items():
        file = tmp_path / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_three_lines_and_a_folder_of_reports_give_a_site(clean_python: Path, docs: Path):
    """A stranger's archive builds strictly on the first day, with all its pages and dress."""
    run(clean_python, "-m", "mkdocs", "build", "--strict", cwd=docs)
    site = docs / "site"
    report = (site / "2024" / "mail-queue" / "index.html").read_text(encoding="utf-8")
    assert "Mail queue stuck behind one oversized message" in report
    assert "SEV2" in report
    assert "52\u00a0min" in report
    smallest = (site / "2025" / "smallest" / "index.html").read_text(encoding="utf-8")
    assert "For 47 minutes no card was accepted." in smallest
    for page in ("", "incidents/", "services/", "services/mail/", "problems/", "incidents/2025/"):
        assert (site / page / "index.html").is_file(), page
    assert list(site.rglob("*.css")), "the archive's own styles came along"


def test_the_command_is_installed(clean_python: Path, docs: Path):
    """The wheel brings the command `postmortem`, which reads an archive."""
    command = clean_python.with_name("postmortem")
    assert run(command, "check", cwd=docs).returncode == 0
    shown = run(command, "show", "--json", docs / "docs" / "2024" / "mail-queue.md").stdout
    assert '"severity": "SEV2"' in shown
    begun = run(command, "new", "--title", "Mail again", "--date", "2025-05-06", cwd=docs)
    assert begun.stdout == "docs/2025/INC-2025-001.md\n"
    assert run(command, "check", cwd=docs).returncode == 0


def run(*command: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done
