"""What a text is compared by: words, identifiers and their parts, lines of code."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report.terms import IN_TERM, code_terms, identifiers, stem, terms


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The pools were full.", ["pool", "full"]),
        ("max_connections was 200", ["max_connections", "max", "connection"]),
        ("orders-db-3 and orders-db-4", ["orders-db", "order", "db"] * 2),
        ("PoolWaitHigh fired", ["poolwaithigh", "pool", "wait", "high", "fired"]),
        ("com.acme.PoolError", ["com.acme.poolerror", "com", "acme", "pool", "error"]),
        ("std::bad_alloc", ["std::bad_alloc", "std", "bad", "alloc"]),
        ("PDFs on S3 and k8s", ["pdf", "s3", "k8s"]),
        ("The client's queries", ["client", "query"]),
        ("checkout/basket", ["checkout", "basket"]),
        ("Verbindungen zur Datenbank", ["verbindungen", "datenbank"]),
        ("les requêtes de la base", ["requête", "base"]),
        ("Nobody always does what six others said it meant", []),
        ("Used memory rose; writes not allowed", ["memory", "write"]),
    ],
)
def test_the_terms_of_a_sentence(sentence, told):
    assert terms(sentence) == told


@pytest.mark.parametrize(
    "passing",
    [
        "2025-09-30T14:32:01.123Z",
        "2025-09-30 14:32",
        "14:32:01,5",
        "Sep 30 14:32:01",
        "30 September 2025",
        "10.0.12.7:5432",
        "fe80::1ff:fe23:4567:890a",
        "0xffff88003fc0",
        "5f2b8c9d1e3a4b5c",
        "123e4567-e89b-12d3-a456-426614174000",
        "https://grafana.example/d/orders?from=now",
        "ana@shop.example",
        "INC-2025-014",
        "480,000",
        "30000ms",
    ],
)
def test_what_differs_from_one_time_to_the_next_is_left_out(passing):
    assert terms(f"timeout {passing} again reached") == ["timeout", "again", "reached"] or terms(
        f"timeout {passing} reached"
    ) == ["timeout", "reached"]


@pytest.mark.parametrize("text", ["HTTP 503", "status 503", "503 errors", "503 responses"])
def test_the_status_of_a_reply_is_a_term(text):
    assert "503" in terms(f"Answered {text}")


def test_another_number_of_the_same_form_is_none():
    assert terms("with 503 connections") == ["connection"]


def test_a_line_of_a_log_is_a_term_as_a_whole_without_what_passes():
    today = code_terms("2025-09-30T14:32:01Z ERROR pool: no slot left after 812 ms")
    then = code_terms("2024-02-29 03:12:44,017 ERROR pool: no slot left after 5 ms")
    assert today == then
    assert today[0] == "pool: no slot left after … ms".replace(" ", IN_TERM)
    assert today[1:] == ["error", "pool", "slot", "left"]


def test_a_short_line_is_no_message():
    assert code_terms("pool_size") == ["pool_size", "pool", "size"]


def test_identifiers_are_names_of_code():
    assert identifiers("PoolWait page, disk_full2 and on-call") == ["PoolWait", "disk_full2"]


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("queries", "query"),
        ("caches", "cache"),
        ("processes", "process"),
        ("boxes", "box"),
        ("process", "process"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("gas", "gas"),
        ("pools", "pool"),
    ],
)
def test_the_ending_of_a_plural_is_left_out(word, stemmed):
    assert stem(word) == stemmed


@given(st.text(max_size=300))
def test_a_term_is_never_empty_and_has_no_blank(text):
    for found in (terms(text), code_terms(text)):
        for term in found:
            assert term
            assert not re.search(r"[ \n]", term)
