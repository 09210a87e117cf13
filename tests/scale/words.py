"""Names and sentences in any number, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_STARTS = "b br c cl d dr f fl g gr h j k kr l m n p pl qu r s sk st t tr v w z".split()
_MIDDLES = "a ae e ei i ia o oa u".split()
_ENDS = "b ck d g l ld lm n nd ng nt r rk rn s sk st t x".split()
_PARTS = (
    "broker cache feeder gateway indexer ledger mapper planner proxy reader relay router".split()
)
_PARTS += "runner scheduler shard signer spooler store syncer tracker writer".split()
_LIMITS = "max_{}_slots {}_timeout_ms {}_pool_size min_{}_replicas {}_batch_limit {}_ttl".split()
_ERRORS = (
    "{0}Error: no slot left after {1} ms",
    "ERR_{2}_{1}: refused by peer",
    "fatal: {3} ended with signal {1}",
    "{0}Exception: offset {1} is out of range",
    "{3}: cannot allocate region {1}",
)


def coined(rng: Random) -> str:
    """Return a word that no language has, of two syllables."""
    return "".join(rng.choice(_STARTS) + rng.choice(_MIDDLES) for _ in range(2)) + rng.choice(_ENDS)


def service(rank: int) -> str:
    """Return the name of the service of a rank."""
    rng = Random(f"service {rank}")
    return f"{coined(rng)}-{rank + 1}"


def person(rng: Random) -> str:
    """Return a name out of a few hundred."""
    known = Random(f"person {rng.randrange(400)}")
    return f"{coined(known).title()} {coined(known).title()}"


@dataclass(frozen=True, slots=True)
class Cast:
    """What an incident has names of its own for. Recurrences share some of them."""

    component: str
    setting: str
    error: str
    metric: str
    host: str
    number: int

    def fill(self, text: str) -> str:
        """Return a sentence with the names in their places."""
        return text.format(
            component=self.component, setting=f"`{self.setting}`", metric=f"`{self.metric}`",
            host=f"`{self.host}`", number=self.number,
        )  # fmt: skip


def cast(rng: Random) -> Cast:
    """Return the names of one incident, which no other is likely to have."""
    root, part = coined(rng), rng.choice(_PARTS)
    number = rng.randrange(12, 9000)
    error = rng.choice(_ERRORS).format(root.title(), number, root.upper(), f"{root}-{part}")
    return Cast(
        component=f"{root}-{part}",
        setting=rng.choice(_LIMITS).format(root),
        error=error,
        metric=f"{root}_{coined(rng)}_total",
        host=f"{coined(rng)}-{rng.randrange(1, 99):02}",
        number=number,
    )


_WHO = (
    "The responder", "On-call", "Somebody from the next team", "The second pair of eyes",
    "The person who had written it", "A colleague on the train", "The incident's lead",
    "Nobody in the call", "The platform's people", "A new colleague", "The night shift",
    "Whoever joined later", "Support", "An account manager", "The vendor's engineer",
)  # fmt: skip
_DID = (
    "looked at", "had seen", "asked about", "drew a graph of", "compared", "wrote down", "found",
    "ruled out", "came back to", "could not explain", "measured", "expected", "read aloud",
    "remembered", "went through", "suspected", "sent round", "counted", "noticed", "doubted",
)  # fmt: skip
_WHAT = (
    "the deploys of that morning", "the slow tail of the requests", "two dashboards that disagree",
    "the counters since midnight", "a change of last week", "the same pattern in another region",
    "the first failing request", "the queue and its age", "the logs of the proxies", "memory use",
    "the load of a usual day", "the list of recent flags", "the network between both halls",
    "the number of workers", "an old ticket about it", "the restore of last month",
    "the connection table", "the order in which things were started", "a page of the runbook",
    "the figures of the vendor", "the time between two restarts", "the share of cold starts",
)  # fmt: skip
_WHEN = (
    "before anybody had thought of it", "while the graphs were still loading", "a little later",
    "for the first ten minutes", "once the noise was gone", "without knowing what it meant",
    "which in the end was no help", "and that narrowed it down", "as the document says",
    "though it was not asked for", "on a second screen", "after a restart that changed nothing",
    "because the alert had named it", "only when someone asked twice", "and was right to",
    "at about the same time", "which took longer than it should", "with a query kept from spring",
)  # fmt: skip
_FACTS = (
    "{host} had been up for {number} days.",
    "The graph of {metric} shows it to the minute.",
    "A worker of {component} takes {number} milliseconds to start.",
    "{setting} was last changed in another year.",
    "Of {number} samples one in nine was affected.",
)


def aside(rng: Random, names: Cast) -> str:
    """Return a sentence that could stand in any report, or tells of this one's names."""
    if rng.random() < 0.15:
        return names.fill(rng.choice(_FACTS))
    return f"{rng.choice(_WHO)} {rng.choice(_DID)} {rng.choice(_WHAT)} {rng.choice(_WHEN)}."


def paragraph(rng: Random, names: Cast, words: int) -> str:
    """Return a paragraph of about that many words."""
    told: list[str] = []
    while sum(len(sentence.split()) for sentence in told) < words:
        told.append(aside(rng, names))
    return " ".join(told)
