"""French."""

from __future__ import annotations

from postmortem_archive.report.languages.language import Language

_MONTHS = {
    "janvier": 1, "janv": 1, "février": 2, "fevrier": 2, "févr": 2, "fév": 2, "mars": 3,
    "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "août": 8, "aout": 8,
    "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11,
    "décembre": 12, "decembre": 12, "déc": 12,
}  # fmt: skip

_WEEKDAYS = {
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
    # “Mar” is March as well, and “Sam” is somebody's name.
    "lun": 0, "mer": 2, "jeu": 3, "ven": 4, "dim": 6,
}  # fmt: skip

_SECTIONS = {
    "summary": (
        "résumé", "synthèse", "résumé de l'incident", "aperçu", "vue d'ensemble", "en bref",
    ),
    "incident_details": ("détails de l'incident", "informations sur l'incident", "fiche"),
    "key_events": ("événements clés", "dates clés", "moments clés"),
    "timeline": (
        "chronologie", "déroulement", "chronologie des événements", "déroulé", "frise",
        "chronologie de l'incident", "déroulement des faits",
    ),
    "impact": ("impacts", "conséquences", "répercussions", "analyse d'impact"),
    "customer_impact": (
        "impact client", "impact sur les clients", "impact utilisateur",
        "impact sur les utilisateurs",
    ),
    "business_impact": ("impact métier", "impact commercial"),
    "technical_impact": ("impact technique",),
    "service_level_impact": ("impact sur le niveau de service",),
    "scope": ("périmètre", "composants touchés", "composants affectés"),
    "quantitative_impact": ("impact chiffré", "impact quantitatif"),
    "slo_impact": ("impact sur le budget d'erreur",),
    "external_communication": ("communication externe",),
    "root_cause": (
        "cause racine", "causes racines", "cause première", "cause profonde", "causes profondes",
        "analyse des causes", "analyse de la cause racine", "cause principale", "origine",
    ),
    "primary_cause": ("cause initiale",),
    "contributing_factors": (
        "facteurs contributifs", "facteurs aggravants", "facteurs ayant contribué",
        "causes secondaires",
    ),
    "what_happened": ("que s'est-il passé", "ce qui s'est passé", "les faits"),
    "five_whys": ("cinq pourquoi", "les cinq pourquoi", "5 pourquoi", "les 5 pourquoi"),
    "trigger": ("déclencheur", "élément déclencheur"),
    "detection": ("détection",),
    "detection_delay": ("pourquoi la détection a tardé",),
    "recovery_delay": ("pourquoi le rétablissement a tardé",),
    "response": ("réponse", "réaction"),
    "resolution": ("résolution", "rétablissement", "résolution et rétablissement", "correction"),
    "mitigation": (
        "atténuation", "contournement", "mesure de contournement", "correctif temporaire",
    ),
    "permanent_resolution": ("correctif définitif", "solution définitive", "correction définitive"),
    "lessons": ("leçons apprises", "enseignements", "leçons tirées", "ce que nous avons appris"),
    "technical_lessons": ("enseignements techniques",),
    "process_lessons": ("enseignements sur les processus",),
    "organizational_lessons": ("enseignements organisationnels",),
    "went_well": ("ce qui a bien fonctionné", "ce qui a bien marché", "points positifs"),
    "went_poorly": (
        "ce qui a mal fonctionné", "ce qui n'a pas fonctionné", "ce qui n'a pas marché",
        "points négatifs",
    ),
    "to_improve": ("ce qui peut être amélioré", "points à améliorer", "axes d'amélioration"),
    "lucky": ("là où nous avons eu de la chance", "coups de chance"),
    "actions": (
        "actions correctives", "plan d'action", "plan d'actions", "prochaines étapes",
        "actions à mener", "actions de suivi", "mesures correctives",
    ),
    "immediate_actions": ("actions immédiates", "immédiat", "mesures immédiates"),
    "short_term_actions": ("actions à court terme", "court terme", "à court terme"),
    "medium_term_actions": ("actions à moyen terme", "moyen terme", "à moyen terme"),
    "long_term_actions": ("actions à long terme", "long terme", "à long terme"),
    "preventive_measures": ("mesures préventives", "actions préventives"),
    "prevention": ("prévention",),
    "process_improvements": ("amélioration des processus", "améliorations des processus"),
    "technical_improvements": ("améliorations techniques",),
    "monitoring_improvements": ("améliorations de la supervision", "améliorations du monitoring"),
    "new_alerts": ("nouvelles alertes",),
    "monitoring_gaps": ("lacunes de la supervision",),
    "testing": ("tests",),
    "deployment": ("déploiement",),
    "metrics": ("indicateurs", "métriques", "mesures"),
    "response_metrics": ("temps de réaction",),
    "follow_up": ("revue de suivi", "suivi"),
    "supporting_information": ("informations complémentaires",),
    "related": ("incidents liés", "incidents similaires", "incidents associés"),
    "links": ("liens", "liens utiles"),
    "code_changes": ("modifications du code",),
    "references": ("références",),
    "evidence": ("preuves", "éléments de preuve"),
    "graphs": ("graphiques",),
    "sign_off": ("validation", "approbation"),
    "distribution": ("liste de diffusion", "diffusion"),
    "appendix": ("annexe", "annexes"),
    "technical_details": ("détails techniques",),
}  # fmt: skip

_LABELS = {
    "id": ("identifiant", "numéro d'incident", "n° d'incident", "id de l'incident"),
    "date": ("date de l'incident",),
    "started": (
        "début", "début de l'incident", "heure de début", "début de la panne", "commencé à",
    ),
    "detected": ("détecté", "détection à", "heure de détection", "détecté à", "détectée"),
    "acknowledged": ("pris en charge", "prise en charge", "acquitté", "acquitté à"),
    "mitigated": ("atténué", "contourné", "atténué à"),
    "resolved": (
        "fin", "résolu", "fin de l'incident", "heure de fin", "fin de la panne", "résolu à",
        "rétabli", "rétablissement",
    ),
    "duration": ("durée", "durée totale", "durée de l'incident", "durée de la panne"),
    "when": ("quand", "période", "plage horaire"),
    "severity": ("gravité", "sévérité", "criticité", "niveau de gravité"),
    "status": ("statut", "état"),
    "visibility": ("confidentialité",),
    "document_status": ("statut du document", "statut du rapport", "état du rapport"),
    "services": (
        "services touchés", "services affectés", "services impactés", "service touché",
        "service affecté", "service impacté", "services concernés", "systèmes touchés",
    ),
    "authors": ("auteur", "auteurs", "autrice", "autrices", "rédigé par", "rédacteur"),
    "reviewers": ("relecteur", "relecteurs", "relu par", "revu par"),
    "updated": ("dernière mise à jour", "mis à jour le", "dernière modification"),
    "published": ("publié", "publié le", "date de publication"),
    "next_review": ("prochaine revue",),
    "impact.users": (
        "utilisateurs touchés", "utilisateurs affectés", "clients touchés", "clients affectés",
        "utilisateurs impactés", "clients impactés",
    ),
    "impact.requests_failed": ("requêtes en échec", "requêtes échouées"),
    "impact.requests_total": ("requêtes totales", "total des requêtes"),
    "impact.revenue": ("perte de revenu", "perte de chiffre d'affaires", "impact financier"),
    "impact.complaints": ("réclamations", "plaintes"),
    "impact.data_loss": ("perte de données",),
    "impact.regions": ("régions", "régions touchées"),
    "impact.sla_breach": ("violation du sla", "violation de sla"),
    "stated.budget": ("budget d'erreur consommé",),
    "detection.note": ("mode de détection", "moyen de détection"),
    "detection.by": ("détecté par", "signalé par"),
    "root_cause.text": ("cause racine", "cause première", "cause principale"),
    "mitigation": ("contournement", "correctif temporaire"),
    "resolution": ("résolution", "correctif définitif", "correctif"),
    "verification": ("vérification",),
    "summary": ("quoi", "résumé"),
    "follow_up.due": ("date de revue",),
    "time": ("heure",),
    "CONTRIBUTING": ("facteurs contributifs", "facteurs aggravants"),
    "ACTIONS_TAKEN": ("actions menées", "mesures prises"),
    "ESCALATION": ("escalade",),
    "EVIDENCE": ("preuves",),
    "WENT_WELL": ("ce qui a bien fonctionné",),
    "WENT_POORLY": ("ce qui a mal fonctionné",),
    "TO_IMPROVE": ("ce qui peut être amélioré",),
}  # fmt: skip

_COLUMNS = {
    "text": ("tâche", "mesure", "quoi", "intitulé", "titre"),
    "owner": ("responsable", "responsables", "qui", "assigné à", "porteur"),
    "due": ("échéance", "date limite", "pour le", "date cible", "délai", "quand"),
    "status": ("statut", "état", "avancement"),
    "priority": ("priorité",),
    "verification": ("vérification", "critère de réussite"),
    "url": ("lien",),
    "opened": ("créé", "créé le", "ouvert le"),
    "closed": ("terminé le", "clos le", "fait le"),
    "reason": ("motif", "remarque", "remarques", "commentaire"),
}  # fmt: skip

_PANNE = r"(?:incident|panne|problème|perturbation|interruption|dégradation|impact)"
_SERVICE = r"(?:services?|sites?|applications?|plateforme|système|api|accès)"

_ROWS = {
    "started": (
        (rf"\bdébut de (?:l['’]|la |le )?{_PANNE}|\b{_PANNE} (?:commence|a commencé|débute|a débuté"
        r"|survient)\b"),
        r"^\W*(?:les )?premi(?:er|ère)s? (?:erreurs?|échecs?|symptômes?|expirations?)\b",
        (rf"^\W*(?:(?:le|la|les|l['’]) ?)?{_SERVICE} (?:est|sont|était|étaient|devient|deviennent)"
        r" (?:indisponibles?|inaccessibles?|hors service|en panne)\b"),
    ),
    "acknowledged": ((r"\b(?:alerte|appel)\b.{0,20}\bacquittée?\b|\bacquitte l['’]alerte\b"
                     r"|\b(?:alerte|incident) (?:est )?(?:prise?) en charge\b|^prise en charge\b"
                     r"|\bpren(?:d|nent) (?:l['’](?:alerte|incident)|en charge)\b"),),
    "detected": (
        r"""^(?:première )?alertes?\b|\b(?:alerte|alarme|pagerduty|pingdom)\b.*\b(?:déclenchée?
        |reçue|se déclenche|envoyée|émise)\b
        |\b(?:clients?|utilisateurs?|support)\b.{0,40}\b(?:signalent?|signale|signalé|signalés
        |se plaignent|remontent|appellent)\b|\bappelle(?:nt)? (?:le support|l['’]astreinte)\b
        |\bpremiers? signalements?\b|\bpremières plaintes\b
        |\b(?:incident|panne|problème|erreurs?)\b.{0,30}\b(?:détectée?s?|constatée?s?
        |remarquée?s?)\b""",
    ),
    "mitigated": (
        r"""\b(?:atténuée?|contournée?)s?\b|\bcontournement (?:en place|appliqué|déployé)\b
        |\bcorrectif (?:temporaire|provisoire)\b""",
        r"\bretour arrière (?:terminé|effectué|achevé)\b|\brollback (?:terminé|effectué|achevé)\b",
        (rf"\b{_SERVICE}\b.{{0,20}}\b(?:reprend|reprennent|partiellement rétablie?s?)\b"
        r"|\btaux d['’]erreurs? (?:baisse|diminue|chute)\b"),
    ),
    "resolved": (
        rf"""\bretour à la normale\b|\brevenue?s? à la normale\b|\brétablissement complet\b
        |\b{_SERVICE}\b.{{0,20}}\b(?:rétablie?s?|restaurée?s?|de nouveau disponibles?)\b
        |\bentièrement rétablie?s?\b|\bfin de (?:l['’]|la |le )?{_PANNE}\b""",
        rf"\b{_PANNE}\b.{{0,30}}\b(?:résolue?|close?|clôturée?|terminée?)\b|^résolue?\b",
    ),
    "again": (r"\b(?:revient|réapparaît|rouvert|à nouveau (?:en panne|indisponible))\b",),
    "persists": (
        r"""\b(?:toujours|reste|restent) (?:élevée?s?|indisponibles?|inaccessibles?|en panne)\b
        |\bpersiste(?:nt)?\b|\bsans effet\b|\baucune amélioration\b""",
    ),
    "declared": (rf"\b{_PANNE} (?:est )?(?:déclarée?|ouverte?)\b",),
}  # fmt: skip

FRENCH = Language(
    sections=_SECTIONS,
    labels=_LABELS,
    columns=_COLUMNS,
    times=("heure", "horodatage", "quand", "date et heure"),
    days=("jour",),
    actors=("qui", "acteur", "personne", "rôle"),
    fields=(("champ", "valeur"), ("élément", "valeur"), ("clé", "valeur")),
    months=_MONTHS,
    weekdays=_WEEKDAYS,
    rows=_ROWS,
    denied=r"ne|n['’]|pas|aucune?|jamais|sans|encore|autres?|si|jusqu|avant|tent\w+|essa\w+"
    r"|prévue?s?|devrait|attend\w*|presque|semble\w*|partiellement|nouveaux|nouvelles",
    failed=r"sans (?:succès|effet)|en vain|éch(?:oue|oué|ec)\b|sans résultat",
    worse=r"aggrav\w+|contribu\w+|empir\w+|rendue?s? (?:plus )?(?:long|difficile)\w*",
    down=r"(?:était|étaient|a été|ont été) (?:(?:totalement|entièrement|partiellement) )?"
    r"(?:indisponibles?|inaccessibles?|hors service|en panne)\b",
    began=rf"\b{_PANNE} (?:a )?(?:commencé|débuté|commence|débute) (?:à|vers)",
    ended=rf"\b(?:{_PANNE}|{_SERVICE}) (?:est|a été|était) (?:résolue?|rétablie?|terminée?)"
    r" (?:à|vers)",
    harm=r"pannes?|indisponib\w+|inaccessib\w+|interromp\w+|interruption|erreurs?|échou\w+|échecs?"
    r"|hors service|perturb\w+",
    remedied=r"déplac\w+|rétabli\w*|redémarr\w+|désactiv\w+|activ\w+|bascul\w+|bloqu\w+|retir\w+"
    r"|augment\w+|revenus? en arrière|annul\w+",
    no_service="il elle ils elles cela ça ce qui tout rien tous nous clients utilisateurs trafic"
    " revenus service services système systèmes site sites application plateforme serveur serveurs"
    " réseau base et mais ou le la les",
    decisions=("décisions", "décision"),
    relations={
        "recurrence_of": (
            r"(?:récurrence|répétition|récidive|réapparition)(?: de)?",
        ),
        "caused_by": (r"(?:causé|provoqué|déclenché)e? par", r"conséquence de"),
        "same_cause": (r"mêmes? causes?(?: racines?)?(?: que)?",),
        "follows": (r"(?:fait )?suite (?:à|de)",),
    },
    unrelated=r"pas|sans|jamais|aucune?",
    function_words="ainsi alors après au aucun aucune aussi autre autres aux avait avant avec"
    " avoir car ce ceci cela ces cet cette ceux chaque chez comme dans de depuis des deux donc"
    " dont du elle elles en encore entre est et étaient était été être eu eux fait fut il ils"
    " jusque je la le les leur leurs lors lorsque lui là mais même mêmes moins ne ni non nos"
    " notre nous on ont ou où par parce pas pendant peu peut plus pour pourquoi puis qu quand"
    " que quel quelle quelles quels qui quoi sa sans se sera ses si sinon soit son sont sous"
    " sur ta te tes toi ton tous tout toute toutes très trop un une vers vos votre vous"
    " secondes seconde minutes minute heures heure jours jour janvier février mars avril mai"
    " juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi"
    " vendredi samedi dimanche",
    aliases={
        "kinds": {
            "incident": ("panne",),
            "near_miss": ("presque-incident", "quasi-incident"),
            "drill": ("exercice",),
            "maintenance": ("maintenance planifiée",),
        },
        "statuses": {
            "draft": ("brouillon", "en cours de rédaction", "en cours"),
            "in_review": ("en relecture", "en revue"),
            "reviewed": ("relu", "validé", "approuvé", "terminé"),
            "closed": ("clos", "clôturé", "fermé"),
            "archived": ("archivé",),
        },
        "incident_states": {"resolved": ("résolu", "résolue", "ouvert", "surveillance", "atténué")},
        "detections": {
            "alert": ("alerte", "supervision"),
            "customer_report": ("client", "signalement client", "utilisateur"),
            "staff_observation": ("équipe", "observation", "collaborateur"),
            "third_party": ("fournisseur", "prestataire"),
            "unknown": ("inconnu", "inconnue"),
        },
        "factor_categories": {
            "technical": ("technique", "techniques"),
            "process": ("processus", "procédure"),
            "human": ("humain", "humains"),
            "external": ("externe", "externes"),
        },
        "horizons": {
            "immediate": ("immédiat", "immédiate"),
            "short": ("court terme",),
            "medium": ("moyen terme",),
            "long": ("long terme",),
        },
        "action_statuses": {
            "open": ("ouvert", "ouverte", "à faire", "en attente", "planifié", "planifiée"),
            "in_progress": ("en cours", "commencé", "commencée"),
            "done": (
                "fait", "faite", "terminé", "terminée", "clos", "close", "réalisé", "réalisée",
            ),
            "not_doing": ("abandonné", "abandonnée", "annulé", "annulée", "rejeté", "rejetée"),
        },
        "action_types": {
            "prevent": ("prévenir", "prévention"),
            "mitigate": ("atténuer", "atténuation"),
            "detect": ("détecter", "détection", "supervision"),
            "repair": ("réparer", "réparation", "correction"),
            "process": ("processus",),
        },
        "severities": {
            "SEV1": ("critique",),
            "SEV2": ("élevée", "élevé", "haute", "haut"),
            "SEV3": ("moyenne", "moyen", "modérée", "modéré"),
            "SEV4": ("faible", "basse", "mineure", "mineur"),
        },
    },
)  # fmt: skip
