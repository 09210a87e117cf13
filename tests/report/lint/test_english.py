"""Which language a text is in, as far as the rules on words need to know."""

import pytest

from postmortem_archive.report.lint.english import is_english


def test_an_english_report_is_in_english():
    assert is_english("The pool was full, and requests to the shop were refused by the proxy.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Der Pool war voll, und Anfragen an den Shop wurden vom Proxy in der Nacht abgewiesen.",
        "Le pool était plein, et les requêtes vers la boutique ont été refusées par le proxy.",
        "De pool was vol, en verzoeken aan de winkel werden door de proxy of de cache geweigerd.",
        "El grupo estaba lleno y el proxy rechazó las peticiones de la tienda por la noche.",
    ],
)
def test_a_report_in_another_language_is_not(text):
    assert not is_english(text)
