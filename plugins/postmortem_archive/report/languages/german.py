"""German."""

from __future__ import annotations

from postmortem_archive.report.languages.language import Language

_MONTHS = {
    "januar": 1, "jänner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "märz": 3, "mär": 3,
    "april": 4, "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8,
    "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11,
    "nov": 11, "dezember": 12, "dez": 12,
}  # fmt: skip

_WEEKDAYS = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5,
    "sonnabend": 5, "sonntag": 6,
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6,
}  # fmt: skip

_SECTIONS = {
    "summary": (
        "zusammenfassung", "kurzfassung", "überblick", "übersicht", "zusammenfassung des vorfalls",
        "kurzbeschreibung",
    ),
    "incident_details": ("details zum vorfall", "vorfalldetails", "eckdaten", "stammdaten"),
    "key_events": ("wichtige ereignisse", "wichtige zeitpunkte", "eckzeiten"),
    "timeline": (
        "zeitleiste", "zeitlicher ablauf", "zeitverlauf", "chronologie", "ablauf",
        "chronologischer ablauf", "verlauf", "zeitlinie",
    ),
    "impact": ("auswirkungen", "auswirkung", "folgen", "auswirkungsanalyse"),
    "customer_impact": (
        "auswirkungen auf kunden", "auswirkung auf kunden", "auswirkungen auf nutzer",
        "kundenauswirkungen",
    ),
    "business_impact": ("auswirkungen auf das geschäft", "geschäftliche auswirkungen"),
    "technical_impact": ("technische auswirkungen",),
    "service_level_impact": ("auswirkungen auf service level",),
    "scope": ("umfang", "betroffene komponenten"),
    "quantitative_impact": ("auswirkungen in zahlen", "quantitative auswirkungen"),
    "slo_impact": ("auswirkungen auf das fehlerbudget",),
    "external_communication": ("kommunikation", "externe kommunikation"),
    "root_cause": (
        "ursache", "ursachen", "ursachenanalyse", "grundursache", "hauptursache", "fehlerursache",
    ),
    "primary_cause": ("primäre ursache", "eigentliche ursache"),
    "contributing_factors": (
        "beitragende faktoren", "begünstigende faktoren", "mitwirkende faktoren",
        "weitere faktoren", "einflussfaktoren",
    ),
    "what_happened": ("was ist passiert", "was passiert ist", "was geschah"),
    "five_whys": ("fünf mal warum", "5 mal warum", "5-why-analyse", "warum es passiert ist"),
    "trigger": ("auslöser",),
    "detection": ("erkennung", "entdeckung", "wie wir es bemerkt haben"),
    "detection_delay": ("warum die erkennung so lange dauerte",),
    "recovery_delay": ("warum die wiederherstellung so lange dauerte",),
    "response": ("reaktion",),
    "resolution": (
        "behebung", "lösung", "wiederherstellung", "lösung und wiederherstellung",
        "behebung und wiederherstellung", "entstörung",
    ),
    "mitigation": ("sofortmaßnahme", "eindämmung", "übergangslösung", "workaround"),
    "permanent_resolution": ("dauerhafte lösung", "endgültige lösung"),
    "lessons": ("erkenntnisse", "gelernte lektionen", "lehren", "was wir gelernt haben"),
    "technical_lessons": ("technische erkenntnisse",),
    "process_lessons": ("erkenntnisse zu abläufen", "prozessuale erkenntnisse"),
    "organizational_lessons": ("organisatorische erkenntnisse",),
    "went_well": ("was gut lief", "was gut gelaufen ist", "was lief gut"),
    "went_poorly": (
        "was schlecht lief", "was schlecht gelaufen ist", "was lief schlecht", "was nicht gut lief",
    ),
    "to_improve": ("was besser werden kann", "verbesserungspotenzial", "was wir verbessern können"),
    "lucky": ("wo wir glück hatten", "glück gehabt"),
    "actions": (
        "maßnahmen", "aktionspunkte", "nächste schritte", "folgemaßnahmen", "korrekturmaßnahmen",
        "aufgaben", "offene punkte",
    ),
    "immediate_actions": ("sofortmaßnahmen", "sofort", "sofortige maßnahmen"),
    "short_term_actions": ("kurzfristige maßnahmen", "kurzfristig"),
    "medium_term_actions": ("mittelfristige maßnahmen", "mittelfristig"),
    "long_term_actions": ("langfristige maßnahmen", "langfristig"),
    "preventive_measures": ("vorbeugende maßnahmen", "präventive maßnahmen"),
    "prevention": ("vorbeugung", "prävention"),
    "process_improvements": ("verbesserungen der abläufe", "prozessverbesserungen"),
    "technical_improvements": ("technische verbesserungen",),
    "monitoring_improvements": ("verbesserungen der überwachung", "verbesserungen am monitoring"),
    "new_alerts": ("neue alarme",),
    "monitoring_gaps": ("lücken in der überwachung",),
    "testing": ("tests",),
    "documentation": ("dokumentation",),
    "metrics": ("kennzahlen", "metriken"),
    "response_metrics": ("reaktionszeiten",),
    "follow_up": ("nachkontrolle", "nachprüfung"),
    "supporting_information": ("weitere informationen",),
    "related": ("verwandte vorfälle", "ähnliche vorfälle"),
    "code_changes": ("codeänderungen",),
    "references": ("verweise", "quellen"),
    "evidence": ("belege", "nachweise"),
    "sign_off": ("freigabe",),
    "distribution": ("verteiler",),
    "appendix": ("anhang", "anhänge"),
    "technical_details": ("technische details",),
}  # fmt: skip

_LABELS = {
    "id": ("vorfall-id", "vorfallnummer", "vorfall-nr", "störungsnummer"),
    "date": ("datum", "datum des vorfalls", "tag des vorfalls"),
    "started": (
        "beginn", "begonnen", "anfang", "startzeit", "beginn der störung", "beginn des vorfalls",
        "störungsbeginn",
    ),
    "detected": ("erkannt", "entdeckt", "bemerkt", "erkannt um", "zeitpunkt der erkennung"),
    "acknowledged": ("bestätigt", "quittiert", "angenommen"),
    "mitigated": ("eingedämmt", "entschärft", "gemildert"),
    "resolved": (
        "ende", "behoben", "gelöst", "endzeit", "beendet", "ende der störung", "ende des vorfalls",
        "störungsende", "behoben um",
    ),
    "duration": ("dauer", "gesamtdauer", "dauer der störung", "dauer des ausfalls", "ausfalldauer"),
    "when": ("wann", "zeitraum", "zeitfenster"),
    "severity": ("schweregrad", "schwere", "priorität des vorfalls"),
    "status": ("stand",),
    "visibility": ("vertraulichkeit", "einstufung"),
    "document_status": ("status des berichts", "berichtsstatus", "dokumentstatus"),
    "services": (
        "betroffene dienste", "betroffener dienst", "dienste", "dienst", "betroffene services",
        "betroffene systeme", "betroffenes system",
    ),
    "authors": (
        "autor", "autoren", "autorin", "autorinnen", "verfasser", "verfasserin",
        "verfasst von", "erstellt von",
    ),
    "reviewers": ("geprüft von", "prüfer", "gegengelesen von"),
    "updated": ("zuletzt aktualisiert", "letzte änderung", "aktualisiert am"),
    "published": ("veröffentlicht", "veröffentlicht am"),
    "next_review": ("nächste prüfung",),
    "impact.users": ("betroffene nutzer", "betroffene kunden", "betroffene benutzer"),
    "impact.requests_failed": ("fehlgeschlagene anfragen",),
    "impact.requests_total": ("anfragen insgesamt",),
    "impact.revenue": ("umsatzverlust", "umsatzeinbuße"),
    "impact.complaints": ("beschwerden", "kundenbeschwerden"),
    "impact.data_loss": ("datenverlust",),
    "impact.regions": ("regionen", "betroffene regionen"),
    "impact.sla_breach": ("sla-verletzung", "sla verletzt"),
    "stated.budget": ("verbrauchtes fehlerbudget",),
    "detection.note": ("erkannt durch", "wie erkannt", "art der erkennung"),
    "detection.by": ("entdeckt von", "bemerkt von", "erkannt von"),
    "root_cause.text": ("ursache", "grundursache", "hauptursache"),
    "mitigation": ("sofortmaßnahme", "übergangslösung"),
    "resolution": ("lösung", "behebung", "dauerhafte lösung"),
    "verification": ("überprüfung", "verifizierung"),
    "summary": ("was", "zusammenfassung"),
    "follow_up.due": ("prüfdatum", "nachkontrolle am"),
    "time": ("zeit", "uhrzeit", "zeitpunkt"),
    "CONTRIBUTING": ("beitragende faktoren", "begünstigende faktoren"),
    "ACTIONS_TAKEN": ("ergriffene maßnahmen",),
    "ESCALATION": ("eskalation",),
    "EVIDENCE": ("belege",),
    "WENT_WELL": ("was gut lief",),
    "WENT_POORLY": ("was schlecht lief",),
    "TO_IMPROVE": ("was besser werden kann",),
}  # fmt: skip

_COLUMNS = {
    "text": ("maßnahme", "aufgabe", "beschreibung", "was", "aktion", "maßnahmen", "titel"),
    "owner": ("verantwortlich", "verantwortliche", "verantwortlicher", "wer", "zuständig"),
    "due": ("fällig", "fällig am", "frist", "termin", "bis", "bis wann", "zieldatum", "wann"),
    "status": ("stand", "zustand"),
    "priority": ("priorität",),
    "verification": ("überprüfung", "erfolgskriterium"),
    "horizon": ("horizont", "zeithorizont"),
    "type": ("art", "typ"),
    "url": ("verweis",),
    "opened": ("angelegt", "angelegt am", "erstellt"),
    "closed": ("erledigt am", "abgeschlossen am", "abgeschlossen"),
    "reason": ("grund", "bemerkung", "anmerkung", "kommentar"),
}  # fmt: skip

_STOERUNG = r"(?:vorfall|störung|ausfall|problem|fehler)"
_DIENST = r"(?:dienste?|services?|systeme?|webseite|website|seite|plattform|shop|betrieb)"

_ROWS = {
    "started": (
        (rf"\b{_STOERUNG} (?:beginnt|begann|tritt auf|trat auf)\b|\bbeginn (?:der|des) (?:störung"
        r"|ausfalls|vorfalls|auswirkungen)\b"),
        (r"^\W*(?:die )?erste[nr]? (?:[\w-]+ ){0,2}(?:fehler|ausfälle|zeitüberschreitungen"
        r"|fehlermeldungen)\b"),
        (rf"^\W*(?:(?:der|die|das|alle) )?{_DIENST} (?:ist|sind|war|waren) (?:nicht erreichbar"
        r"|nicht verfügbar|ausgefallen|offline)\b"),
    ),
    "acknowledged": ((r"\b(?:alarm|meldung|page)\w* (?:\w+ )?(?:quittiert|bestätigt|angenommen)\b"
                     r"|\b(?:quittiert|bestätigt) (?:den |die |das )?(?:alarm|meldung|page)"
                     r"|\b(?:bereitschaft|rufbereitschaft) übernimmt\b"),),
    "detected": (
        r"""^(?:erster? )?(?:alarm|alarmmeldung|warnmeldung)\b
        |\b(?:alarm|alert|pagerduty|pingdom)\w*\b.*\b(?:ausgelöst|schlägt an|schlug an|löst aus
        |löste aus|eingegangen|meldet|meldete)\b
        |\b(?:kunden?|nutzer|benutzer|anwender|support)\b.{0,40}\b(?:meldet|melden|meldete|meldeten
        |berichtet|berichten|berichtete|berichteten)\b
        |\berste (?:meldung|meldungen|kundenmeldung|beschwerden?)\b
        |\b(?:störung|ausfall|vorfall|problem|fehler)\b.{0,30}\b(?:erkannt|bemerkt|entdeckt)\b""",
    ),
    "mitigated": (
        r"""\b(?:entschärft|eingedämmt|gemildert)\b|\bübergangslösung (?:ist )?(?:aktiv|eingespielt
        |in kraft)\b|\bvorläufige lösung\b""",
        r"\brollback (?:ist )?(?:abgeschlossen|fertig|beendet)\b|\bzurückgerollt\b",
        rf"\b{_DIENST} (?:teilweise|weitgehend) wieder\b|\bläuft wieder an\b|\bfehlerrate sinkt\b",
    ),
    "resolved": (
        rf"""\b(?:voll|wieder) (?:funktionsfähig|verfügbar|erreichbar|hergestellt|in betrieb)\b
        |\bwieder (?:alles )?normal\b|\b{_DIENST} (?:ist |sind )?wiederhergestellt\b
        |\b{_DIENST} läuft wieder\b|\bvollständig wiederhergestellt\b""",
        rf"\b{_STOERUNG}\b.{{0,30}}\b(?:behoben|gelöst|geschlossen|beendet)\b|^behoben\b",
    ),
    "again": (r"\b(?:erneut|wieder) (?:aufgetreten|ausgefallen|gestört)\b|\bwiedereröffnet\b",),
    "persists": (
        r"""\b(?:weiterhin|immer noch|nach wie vor) (?:gestört|hoch|erhöht|nicht erreichbar
        |fehler\w*)
        |\bkeine (?:wirkung|besserung|änderung)\b|\b(?:half|hilft) nicht\b""",
    ),
    "declared": (rf"\b{_STOERUNG} (?:ausgerufen|erklärt|eröffnet)\b",),
}  # fmt: skip

GERMAN = Language(
    sections=_SECTIONS,
    labels=_LABELS,
    columns=_COLUMNS,
    times=("zeit", "uhrzeit", "zeitpunkt", "wann", "zeitstempel"),
    days=("datum", "tag"),
    actors=("wer", "person", "rolle", "quelle"),
    fields=(("feld", "wert"), ("merkmal", "wert"), ("angabe", "wert"), ("eigenschaft", "wert")),
    months=_MONTHS,
    weekdays=_WEEKDAYS,
    rows=_ROWS,
    denied=r"nicht|kein\w*|nie|ohne|noch|weitere[rns]?|erneut|ob|bis|bevor|wenn|falls|versucht?\w*"
    r"|geplant|soll\w*|würde\w*|warten|vermutlich|fast|scheint|teilweise",
    failed=r"ohne (?:erfolg|wirkung)|keine wirkung|(?:half|hilft) nicht|erfolglos|schlägt fehl"
    r"|schlug fehl|fehlgeschlagen",
    worse=r"verschlimmer\w+|verschärft\w*|trugen? (?:dazu )?bei|beigetragen|begünstigt\w*"
    r"|erschwert\w*",
    down=r"(?:war|waren) (?:(?:komplett|vollständig|teilweise|weitgehend) )?(?:nicht (?:erreichbar"
    r"|verfügbar)|ausgefallen|offline)\b",
    began=rf"\b{_STOERUNG} (?:begann|trat) (?:um|gegen|ab)",
    ended=rf"\b(?:{_STOERUNG}|{_DIENST}) (?:wurde|war|ist) (?:um|gegen)"
    r"(?=.{1,30}\b(?:behoben|gelöst|beendet|wiederhergestellt)\b)",
    harm=r"ausfall\w*|ausgefallen|störung\w*|nicht (?:erreichbar|verfügbar)|fehler\w*|fiel\w* aus"
    r"|zeitüberschreitung\w*|abgebrochen",
    remedied=r"zurückgerollt|zurückgesetzt|neu gestartet|verschoben|abgeschaltet|eingeschaltet"
    r"|umgeschaltet|entfernt|erhöht|gesperrt",
    no_service="das dies diese es er sie alles nichts alle viele einige wir kunden nutzer verkehr"
    " umsatz leistung dienst dienste system systeme seite seiten webseite server netz datenbank"
    " anwendung plattform und aber oder der die",
    decisions=("entscheidungen", "beschlüsse", "entscheidung", "beschluss"),
    relations={
        "recurrence_of": (
            r"(?:wiederholung|wiederauftreten|wiederkehr)(?: von| des vorfalls)?",
            r"erneutes auftreten (?:von|des vorfalls)",
        ),
        "caused_by": (r"(?:verursacht|ausgelöst) (?:durch|von)", r"folge von"),
        "same_cause": (r"(?:die)?(?:gleiche|selbe)n? (?:grund)?ursache(?: wie)?",),
        "follows": (r"folgt (?:auf|aus)", r"im anschluss an"),
    },
    unrelated=r"nicht|kein\w*|nie|ohne",
    function_words="aber alle allem allen aller alles als also am an ander andere anderen auch"
    " auf aus bei bereits bin bis bist da dabei dadurch damit danach dann das dass dazu dem"
    " den denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch"
    " dort du durch ein eine einem einen einer eines er erst es etwa etwas für gegen hat hatte"
    " hatten haben hier ich ihm ihn ihr ihre im in ins ist ja je jede jedem jeden jeder jedes"
    " jedoch jetzt kann kein keine keinen können konnte konnten man mehr mit muss musste"
    " mussten nach nicht nichts noch nun nur ob oder ohne sein seine seit sich sie sind so"
    " sobald sofort solche sondern über um und uns unter viel vom von vor war waren was weil"
    " wenig wenn wer werden wie wieder wir wird wo worden wurde wurden während zu zum zur zwar"
    " zwei zwischen uhr sekunden sekunde minuten minute stunden stunde tage tag tagen januar"
    " februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag"
    " samstag sonntag",
    aliases={
        "kinds": {
            "incident": ("vorfall", "störung"),
            "near_miss": ("beinahe-vorfall",),
            "drill": ("übung",),
            "maintenance": ("wartung",),
        },
        "statuses": {
            "draft": ("entwurf", "in bearbeitung", "in arbeit"),
            "in_review": ("in prüfung", "im review"),
            "reviewed": ("geprüft", "freigegeben", "abgenommen", "fertig"),
            "closed": ("geschlossen", "abgeschlossen"),
            "archived": ("archiviert",),
        },
        "incident_states": {"resolved": ("behoben", "gelöst", "offen", "laufend", "überwachung")},
        "detections": {
            "alert": ("überwachung", "automatischer alarm"),
            "customer_report": ("kundenmeldung", "kunde", "nutzermeldung"),
            "staff_observation": ("mitarbeiter", "beobachtung"),
            "third_party": ("anbieter", "dienstleister"),
            "unknown": ("unbekannt",),
        },
        "factor_categories": {
            "technical": ("technisch", "technik"),
            "process": ("prozess", "ablauf", "prozesse", "abläufe"),
            "human": ("menschlich", "mensch", "menschen"),
            "external": ("extern",),
        },
        "horizons": {
            "immediate": ("sofort",),
            "short": ("kurzfristig",),
            "medium": ("mittelfristig",),
            "long": ("langfristig",),
        },
        "action_statuses": {
            "open": ("offen", "geplant", "ausstehend", "nicht begonnen"),
            "in_progress": ("in arbeit", "in bearbeitung", "begonnen", "läuft"),
            "done": ("erledigt", "fertig", "abgeschlossen", "umgesetzt", "geschlossen"),
            "not_doing": ("verworfen", "abgelehnt", "entfällt", "wird nicht umgesetzt"),
        },
        "action_types": {
            "prevent": ("vorbeugen", "vorbeugung", "prävention"),
            "mitigate": ("mildern", "abmilderung"),
            "detect": ("erkennen", "erkennung", "überwachung"),
            "repair": ("reparieren", "reparatur", "behebung"),
            "process": ("prozess", "ablauf"),
        },
        "severities": {
            "SEV1": ("kritisch",),
            "SEV2": ("hoch", "schwer"),
            "SEV3": ("mittel", "mäßig"),
            "SEV4": ("niedrig", "gering"),
        },
    },
)  # fmt: skip
