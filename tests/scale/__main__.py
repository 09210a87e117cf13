"""Write a made-up archive: `make scale N=10000 INTO=folder`."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import yaml

from scale.scenario import Scenario
from scale.simulate import Incident, incidents
from scale.texts import path_of, text_of
from scale.words import service


def key_of(told: Sequence[Incident], scenario: Scenario) -> dict[str, Any]:
    """Return what is true of an archive: its scenario, and the ids of each family in order."""
    families: dict[int, list[str]] = {}
    for incident in told:
        if incident.family is not None:
            families.setdefault(incident.family, []).append(incident.id)
    return {
        "scenario": asdict(scenario) | {"until": scenario.until.isoformat()},
        "median": scenario.quantile(0.5),
        "p90": scenario.quantile(0.9),
        "families": list(families.values()),
        "kinds": {incident.id: incident.kind for incident in told if incident.kind != "incident"},
    }


def configuration(scenario: Scenario) -> str:
    """Return an mkdocs.yml for the archive, with its services by how often they fail."""
    options = {
        "as_of": scenario.until + dt.timedelta(days=1),
        "services": [service(rank) for rank in range(scenario.services)],
    }
    site = {
        "site_name": f"{scenario.count} reports",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", {"postmortem-archive": options}],
    }
    return yaml.safe_dump(site, sort_keys=False)


def write(scenario: Scenario, folder: Path) -> int:
    """Write the archive with its key and its mkdocs.yml; return its size in bytes."""
    told = incidents(scenario)
    size = 0
    for incident in told:
        data = text_of(incident, scenario).encode()
        file = folder / "docs" / path_of(incident)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        size += len(data)
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "key.json").write_text(json.dumps(key_of(told, scenario), indent=1), "utf-8")
    (folder / "mkdocs.yml").write_text(configuration(scenario), "utf-8")
    return size


def main() -> None:
    parser = argparse.ArgumentParser(prog="scale", description="Write a made-up archive.")
    parser.add_argument("folder", type=Path)
    for field in fields(Scenario):
        kind = type(field.default)
        read = dt.date.fromisoformat if kind is dt.date else kind
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=read, default=field.default)
    given = vars(parser.parse_args())
    folder = given.pop("folder")
    scenario = Scenario(**given)
    size = write(scenario, folder)
    print(f"{scenario.count} reports, {size / max(1, scenario.count) / 1000:.1f} kB each")


if __name__ == "__main__":
    main()
