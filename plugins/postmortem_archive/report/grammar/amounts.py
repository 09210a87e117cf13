"""Numbers as reports write them: counts, percentages, sums of money, ranges, estimates."""

from __future__ import annotations

import re

from postmortem_archive.report.record import Amount

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CODE = "USD|EUR|GBP|JPY|CHF|SEK|NOK|DKK|PLN|CZK|AUD|CAD|NZD|INR|CNY|BRL|ZAR|KRW|SGD|HKD|MXN|TRY"
# “1.200.000,50”: nobody counts users or money in thousandths.
_POINTED = r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.])"
_NUMBER = rf"\d{{1,3}}(?:[,_ \u00a0\u202f]\d{{3}})+(?:\.\d+)?|{_POINTED}|\d+(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<code>{_CODE})?\s?(?P<symbol>[$€£¥])?\s?(?P<low>{_NUMBER})\s?(?P<k1>[kKmM](?![A-Za-z]))?"
    rf"(?:\s?(?:-|–|—|to)\s?[$€£¥]?(?P<high>{_NUMBER})\s?(?P<k2>[kKmM](?![A-Za-z]))?)?"
    rf"\s?(?P<plus>\+)?(?P<percent>%)?\s?(?P<symbol2>[€£¥])?(?P<code2>(?:{_CODE})\b)?"
)
_ESTIMATE = re.compile(
    r"(?:~|≈|\b(?:about|approx(?:imately)?|around|roughly|some|estimated?|circa|ca|over|nearly"
    r"|almost|up to|at least|more than)\b)",
    re.IGNORECASE,
)


def _value(number: str, scale: str | None, *, share: bool) -> float:
    pointed = number.count(".") > 1 or not (share or scale)
    if pointed and re.fullmatch(_POINTED, number):
        number = number.replace(".", "").replace(",", ".")
    factor = {"k": 1e3, "m": 1e6}.get((scale or "").lower(), 1)
    return float(re.sub(r"[,_ \u00a0\u202f]", "", number)) * factor


def after_amount(text: str) -> str:
    """Return what follows the amount that `text` begins with."""
    match = _AMOUNT.search(text)
    return text[match.end() :] if match else text


def parse_amount(text: str) -> Amount | None:
    """Return the amount that `text` begins with, after words such as “about”; None if none."""
    match = _AMOUNT.search(text)
    if not match or re.search(r"\w", _ESTIMATE.sub("", text[: match.start()])):
        return None
    share = match["percent"] is not None
    scale = match["k1"] or (match["k2"] if match["high"] else None)
    low = _value(match["low"], scale, share=share)
    high = _value(match["high"], match["k2"], share=share) if match["high"] else low
    if high < low:
        return None
    code = match["code"] or match["code2"]
    symbol = match["symbol"] or match["symbol2"]
    unit = "percent" if match["percent"] else code or (_SYMBOLS[symbol] if symbol else "count")
    estimated = bool(_ESTIMATE.search(text)) or bool(match["plus"])
    return Amount(low, high, unit, estimated, text.strip())
