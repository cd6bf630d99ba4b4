//! What each command does, in French.

/// What a command does, and what is said under its options.
pub(super) const COMMANDS: &[(&str, &str, &str)] = &[
    (
        "hash",
        "Donner l'empreinte de ce que disent un programme et ses déclarations",
        "La première ligne est le programme entier, les autres ses déclarations. Ni la mise en page,\n\
         ni les commentaires, ni la langue des mots-clés ne changent une empreinte.\n\n\
         Exemples :\n  \
           jalon hash regles/\n  \
           jalon hash regles/ --format json\n\n\
         Codes de sortie : 0 tout va bien, 1 le programme, 2 l'usage ou les fichiers.",
    ),
    (
        "reference",
        "Dire ce que veut dire un mot du langage",
        "Un opérateur, une fonction, une unité, un type d'événement, un type de champ, une propriété, ou un\n\
         mot d'une déclaration ou de ses lignes, en français ou en anglais, dans toutes les casses, avec\n\
         ou sans ses accents. C'est dit dans la langue du mot, sauf avec --lang. Sans mot, tous.\n\n\
         Exemples :\n  \
           jalon reference contient\n  \
           jalon reference EST VIDE\n  \
           jalon reference when --lang fr\n  \
           jalon reference\n\n\
         Codes de sortie : 0 tout va bien, 2 un mot que le langage n'a pas.",
    ),
    (
        "check",
        "Vérifier des programmes : tout ce qui est faux ou douteux, où, et comment en sortir",
        "Les fichiers et dossiers donnés ensemble font un seul programme.\n\n\
         Exemples :\n  \
           jalon check regles/\n  \
           jalon check modules.jalon scores.jalon --lang fr\n  \
           jalon check regles/ --users utilisateurs.json\n  \
           jalon check regles/ --format json\n  \
           jalon check --explain W0833\n\n\
         Un avertissement ou une remarque voulus s'ignorent par un commentaire, `# jalon: ignorer\n\
         W0833` : en tête d'un fichier, au-dessus d'une déclaration, ou en fin de ligne.\n\n\
         Codes de sortie : 0 tout va bien (les remarques ne comptent pas), 1 des erreurs ou des\n\
         avertissements, 2 l'usage ou les fichiers.",
    ),
    (
        "fmt",
        "Mettre des programmes en forme, ou traduire leurs mots-clés",
        "Récrit les fichiers qui ne sont pas dans la mise en page canonique ; les commentaires restent\n\
         à leur place. Avec --lang les mots-clés sont traduits, jamais les noms ni les valeurs ; sans\n\
         elle chaque mot-clé reste dans sa langue, ou suit la ligne `langue` de son fichier. Un fichier\n\
         qui a une erreur de syntaxe reste tel quel. Les fichiers et dossiers donnés ensemble font un\n\
         seul programme.\n\n\
         Exemples :\n  \
           jalon fmt regles/\n  \
           jalon fmt regles/ --check\n  \
           jalon fmt regles/ --lang fr\n  \
           jalon fmt - < prospects.jalon\n\n\
         Codes de sortie : 0 tout va bien, 1 des erreurs de syntaxe ou, avec --check, des fichiers à\n\
         mettre en forme, 2 l'usage ou les fichiers.",
    ),
    (
        "score",
        "Noter un fichier de fiches : CSV, NDJSON, tableau JSON ou Parquet",
        "Ajoute une colonne nommée comme le score (en minuscules), et <score>_stars et\n\
         <score>_label si le score les déclare. Les colonnes se reconnaissent à leur libellé ou à\n\
         leur nom d'API. Une valeur illisible est nommée sur la sortie d'erreur et n'arrête rien,\n\
         sauf avec --strict. Sans -o, les fiches vont sur la sortie standard (sur un terminal, les\n\
         premières en tableau) et le bilan sur la sortie d'erreur.\n\n\
         Exemples :\n  \
           jalon score regles/ prospects.csv -o notes.csv\n  \
           jalon score scores.jalon prospects.parquet --score Scorex --explain -o notes.ndjson\n  \
           jalon score scores.jalon passe.csv --now-column 'Appelé le' --zone Europe/Paris\n  \
           cat prospects.ndjson | jalon score regles/ - --now 2026-06-30T09:00\n\n\
         Codes de sortie : 0 tout va bien, 1 le programme ou, avec --strict, les données, 2 l'usage\n\
         ou les fichiers.",
    ),
    (
        "match",
        "Garder ou compter les fiches qui respectent un critère",
        "Sans fichier de programme, `jalon match DONNÉES --criterion TEXTE` lit les champs comme\n\
         les données les portent.\n\n\
         Exemples :\n  \
           jalon match prospects.csv --criterion 'Pays EST France ET Montant > 1000' --count\n  \
           jalon match regles/ prospects.csv --rule 'CM5 : PROSPECT MONACO' -o gardes.csv\n  \
           jalon match prospects.csv --criterion 'Créé le DANS LES 30 DERNIERS JOURS' --now now\n\n\
         Codes de sortie : 0 tout va bien, même si rien ne correspond, 1 le critère, le programme\n\
         ou, avec --strict, les données, 2 l'usage ou les fichiers.",
    ),
    (
        "explain",
        "Expliquer le score ou le critère d'une fiche",
        "Sans --score ni --criterion, explique tous les scores du programme.\n\n\
         Exemples :\n  \
           jalon explain regles/ fiche.json\n  \
           jalon explain regles/ fiche.json --score Scorex --format json\n  \
           echo '{\"Pays\": \"Monaco\"}' | jalon explain - --criterion 'Pays EST France'\n\n\
         Codes de sortie : 0 tout va bien, que le critère tienne ou non, 1 le programme ou, avec\n\
         --strict, la fiche, 2 l'usage ou les fichiers.",
    ),
    (
        "import",
        "Lire un critère, des règles ou un programme d'une autre forme : Zoho, Salesforce, JSON, …",
        "Écrit un critère, les règles d'un fichier ou un programme en texte ; les mots-clés sont dans la langue\n\
         de --lang. Avec des programmes, les noms qu'ils déclarent se distinguent des textes, et les\n\
         comparaisons avec des champs sont reprises. Un critère est repris en entier ou pas du tout.\n\
         Ce qui ne peut être repris est listé sur la sortie d'erreur avec sa place (un pointeur JSON,\n\
         ou un chemin d'éléments XML) et la raison.\n\n\
         Formes : querybuilder (react-querybuilder), zoho (critères des interfaces de Zoho CRM),\n\
         pattern (une liste numérotée et `1 and (2 or 3)`), jsonlogic, salesforce (règles de workflow\n\
         en XML), json (tout un programme, comme l'écrit `jalon export --to json` ; docs/fr/guides/json.md).\n\n\
         Exemples :\n  \
           jalon import requete.json --from querybuilder --lang fr\n  \
           jalon import modules.jalon criteres.json --from zoho\n  \
           jalon import Contact.workflow-meta.xml --from salesforce -o contact.jalon\n  \
           jalon import regles.json --from json --lang fr\n\n\
         Codes de sortie : 0 tout va bien, 1 quelque chose est omis, ou un programme est à revoir,\n\
         2 l'usage ou les fichiers.",
    ),
    (
        "export",
        "Écrire un critère ou un programme dans une autre forme : SQL, JSON, Zoho, …",
        "Écrit du JSON : d'un critère ou d'une règle le critère dans la forme demandée ; d'un score la\n\
         liste de ses lignes, chacune comme elle est écrite avec son critère, ou avec la raison pour\n\
         laquelle il est omis. Un critère est repris en entier ou pas du tout ; ce que la forme n'a\n\
         pas est listé sur la sortie d'erreur. `--to json` écrit tout le programme : tout ce que dit le\n\
         texte, sauf sa mise en page (docs/fr/guides/json.md).\n\n\
         Exemples :\n  \
           jalon export regles/ --to querybuilder --criterion 'Pays EST France ET Montant > 1000'\n  \
           jalon export regles/ --to zoho --rule 'CM5 : PROSPECT MONACO'\n  \
           jalon export regles/ --to pattern --score Scorex --names label\n  \
           jalon export regles/ --to sql --dialect duckdb --now 2026-06-30 --rule Relance\n  \
           jalon export --to sql --dialect postgres --definitions | psql\n  \
           jalon export regles/ --to json -o regles.json\n\n\
         Codes de sortie : 0 tout va bien, 1 quelque chose est omis, ou un programme est à revoir,\n\
         2 l'usage ou les fichiers.",
    ),
    (
        "say",
        "Dire en phrases des règles, des scores, des parcours ou un critère",
        "Dit ce qu'un programme demande et fait, comme on le lirait à voix haute, dans la langue\n\
         voulue ; noms et valeurs restent comme ils sont déclarés. Sans --rule, --score, --blueprint\n\
         ni --criterion, dit toutes les règles, tous les scores et tous les parcours. Un critère n'a\n\
         pas besoin de programme.\n\n\
         Exemples :\n  \
           jalon say regles/\n  \
           jalon say regles/ --rule 'CM5 : PROSPECT MONACO' --lang en\n  \
           jalon say --criterion 'Pays EST France, Monaco ET Montant > 1000'\n  \
           jalon say regles/ --format json\n\n\
         Codes de sortie : 0 tout va bien, 1 le programme ou le critère à revoir, 2 l'usage ou les\n\
         fichiers.",
    ),
    (
        "diff",
        "Ce qui change d'un ancien programme à un nouveau, et pour quelles fiches",
        "Les programmes sont comparés par ce qu'ils veulent dire : la mise en forme, les\n\
         commentaires, la langue des mots-clés et l'ordre de ce qui n'en a pas ne font pas de\n\
         différence. `+` est ajouté, `−` retiré, `~` modifié, `→` renommé, `⇅` dans un autre ordre ;\n\
         ce qui décide autrement vient d'abord.\n\n\
         Avec --data, chaque fiche est créée à neuf avec les deux programmes, comme par `jalon\n\
         simulate`, et ce qui donne autre chose est nommé avec la règle ou la ligne du score qui fait\n\
         la différence.\n\n\
         Exemples :\n  \
           jalon diff avant/ regles/\n  \
           jalon diff v1.jalon v2.jalon --lang fr\n  \
           jalon diff avant/ regles/ --data prospects.csv --now 2026-06-30T10:30\n  \
           jalon diff avant/ regles/ --format json\n\n\
         Codes de sortie : 0 aucune différence, 1 des différences, ou un programme à revoir, 2\n\
         l'usage ou les fichiers.",
    ),
    (
        "run",
        "Exécuter les règles sur des événements : ce que chacun demande, et pourquoi",
        "Chaque événement est un objet JSON sur une ligne : id, type (created, updated, deleted,\n\
         activity, manual, due), module, now, et record, ou before et after. Ce que décident les\n\
         règles est fait aux fiches en mémoire, rien d'autre : les effets sont seulement dits. Les\n\
         minuteries échues avant l'événement suivant se déclenchent d'abord.\n\n\
         Avec --state, ce qui est retenu est lu avant et écrit à la fin, quand toutes les décisions\n\
         sont sorties : règles qui ne se déclenchent qu'une fois, minuteries, et les fiches\n\
         elles-mêmes. Repris de là, on obtient ce qu'une seule traite aurait donné ; ce qui est échu\n\
         depuis se déclenche d'abord. Écrit une décision par ligne en JSON, ou sur un terminal une\n\
         chronologie pour les gens. Un événement qu'on ne peut lire ou régler est nommé avec sa\n\
         ligne et n'arrête rien, sauf avec --strict.\n\n\
         Exemples :\n  \
           jalon run regles/ evenements.ndjson --zone Europe/Paris\n  \
           jalon run regles/ evenements.ndjson --state etat.json --until 2026-12-31 --explain\n  \
           echo '{\"id\": \"e1\", \"type\": \"created\", \"record\": {\"id\": 1}}' | jalon run regles/ - --now now\n\n\
         Codes de sortie : 0 tout va bien, 1 le programme ou un événement à revoir, 2 l'usage ou\n\
         les fichiers.",
    ),
    (
        "test",
        "Exécuter les tests écrits à côté des règles",
        "Exécute chaque déclaration `test` sur des fiches à elle et dit ce qui n'est pas comme\n\
         attendu, puis quels critères aucun test n'a vu tenir, ou ne pas tenir.\n\n\
         Exemples :\n  \
           jalon test regles/\n  \
           jalon test regles/ --only cliqueur\n  \
           jalon test regles/ --format json\n\n\
         Codes de sortie : 0 tout va bien, 1 des erreurs dans le programme ou une attente déçue\n\
         (jamais la couverture ni les avertissements), 2 l'usage ou les fichiers.",
    ),
    (
        "simulate",
        "Rejouer des fiches avec un ancien et un nouveau programme : ce qui change, par quelle règle",
        "Chaque fiche des données est créée à neuf avec les deux programmes, seule, et ce qui donne\n\
         autre chose est nommé : refus, valeurs des champs, effets, minuteries, scores, chacun avec\n\
         la règle ou la ligne du score qui fait la différence. Rien n'est fait ni écrit. Une fiche\n\
         sans champ `id` prend le numéro de sa ligne.\n\n\
         Avec --events, les données sont des événements, comme pour `jalon run` : ils sont réglés\n\
         dans leur ordre, et les deux programmes se souviennent de leurs fiches.\n\n\
         Exemples :\n  \
           jalon simulate --old avant/ --new regles/ prospects.csv --now 2026-06-30T10:30\n  \
           jalon simulate --old avant/ --new regles/ prospects.parquet --until 2026-12-31\n  \
           jalon simulate --old avant/ --new regles/ evenements.ndjson --events\n\n\
         Codes de sortie : 0 tout va bien, que des résultats changent ou non, 1 un programme ou un\n\
         événement à revoir, ou des changements avec --fail-on-change, 2 l'usage ou les fichiers.",
    ),
    (
        "blueprint",
        "Ce qu'on fait des parcours : dessiner, dire où en est une fiche, rejouer un journal, en découvrir un, faire migrer",
        "`jalon blueprint COMMANDE --help` en dit plus de chacune.",
    ),
    (
        "lsp",
        "Servir un éditeur : le serveur de langage, sur l'entrée et la sortie standard",
        "Un éditeur le démarre ; il parle le Language Server Protocol sur l'entrée et la sortie\n\
         standard. Tous les fichiers `.jalon` d'un dossier ouvert dans l'éditeur font un seul\n\
         programme. Comment régler un éditeur est dit dans docs/fr/guides/editors.md.\n\n\
         Codes de sortie : 0 l'éditeur a pris congé, 1 il est parti sans.",
    ),
    (
        "blueprint draw",
        "Dessiner un parcours : SVG, Mermaid ou DOT",
        "Les états sont colorés selon leur rôle, les transitions disent qui peut les faire et après\n\
         combien de temps, et une transition commune est dessinée une seule fois. Le SVG n'a besoin de\n\
         rien d'autre et convient aux pages claires et sombres. Sans --format, l'extension de SORTIE dit le\n\
         format : svg, mmd ou mermaid, dot ou gv ; sinon svg.\n\n\
         Exemples :\n  \
           jalon blueprint draw regles/ -o affaires.svg\n  \
           jalon blueprint draw regles/ --name 'Parcours Affaire' --format mermaid\n  \
           jalon blueprint draw regles/ --format dot | dot -Tpdf -o affaires.pdf\n\n\
         Codes de sortie : 0 tout va bien, 1 le programme à revoir, 2 l'usage ou les fichiers.",
    ),
    (
        "blueprint show",
        "Dire où en est une fiche : quelles transitions lui sont offertes, et pourquoi pas les autres",
        "La fiche, un objet JSON, entre dans le parcours qui la prend, dans l'état qu'elle porte. Avec\n\
         --state, tel que `jalon run` l'a écrit, elle est là où on l'a laissée, avec ses brouillons ; ce\n\
         que porte la fiche donnée compte avant ce qu'on a retenu d'elle. Rien n'est fait ni écrit.\n\n\
         Exemples :\n  \
           jalon blueprint show regles/ affaire.json --by Alice --users utilisateurs.json\n  \
           jalon blueprint show regles/ affaire.json --state etat.json --now 2026-06-30T10:30\n  \
           echo '{\"id\": 7, \"Étape\": \"Démo\"}' | jalon blueprint show regles/ - --now now\n\n\
         Codes de sortie : 0 tout va bien, quoi qui soit offert, 1 le programme à revoir ou une fiche\n\
         qui n'est dans aucun parcours, 2 l'usage ou les fichiers.",
    ),
    (
        "blueprint replay",
        "Rejouer un journal dans un parcours : quels passages il accepte, lesquels il refuse et pourquoi",
        "Le journal a une ligne par état qu'un cas a atteint, ou par transition qui a été faite : le cas,\n\
         l'état ou l'activité, et quand. Les lignes viennent dans n'importe quel ordre. Les colonnes se\n\
         reconnaissent à leur nom, ou se disent avec --case, --state et --time. Seule la structure est\n\
         jugée : quel état suit lequel et, avec --transition et --by, par quelle transition et par qui.\n\
         Les centiles sont au plus proche rang. Une ligne qui n'est pas un événement est nommée sur la\n\
         sortie d'erreur et laissée de côté, sauf avec --strict.\n\n\
         Exemples :\n  \
           jalon blueprint replay regles/ historique.csv\n  \
           jalon blueprint replay regles/ journal.csv --case 'N° Affaire' --state Étape --time 'Modifié le'\n  \
           jalon blueprint replay regles/ journal.parquet --blueprint Ventes --format json\n  \
           jalon blueprint replay regles/ journal.csv --activity Action --by Utilisateur\n  \
           jalon blueprint replay regles/ journal.csv --picture affaires.svg\n\n\
         Codes de sortie : 0 tout va bien, que des passages soient refusés ou non, 1 le programme, avec\n\
         --strict le journal, ou des refus avec --fail-on-refusal, 2 l'usage ou les fichiers.",
    ),
    (
        "blueprint discover",
        "Écrire le parcours qu'un journal laisse voir",
        "Chaque valeur de la colonne des états ou des activités devient un état ; celui où commencent le\n\
         plus de cas est celui par défaut, ceux dont rien ne repart sont des fins, et une transition mène\n\
         à chaque état depuis ceux d'où il a été atteint. Combien de fois est dit en commentaire. Ce qui\n\
         est écrit accepte tous les passages du journal : `jalon blueprint replay` le dit. Renommez,\n\
         marquez ce qui est gagné et perdu, et continuez de là.\n\n\
         Exemples :\n  \
           jalon blueprint discover journal.csv --lang fr\n  \
           jalon blueprint discover journal.csv --name Ventes --module Affaires --field Étape -o ventes.jalon\n  \
           jalon blueprint discover journal.csv --min-count 10\n\n\
         Codes de sortie : 0 tout va bien, 1 rien à découvrir ou, avec --strict, le journal à revoir,\n\
         2 l'usage ou les fichiers.",
    ),
    (
        "blueprint migrate",
        "Faire migrer les fiches qui sont dans un parcours modifié : gardées, déplacées, sorties, refusées",
        "Chaque instance est un objet JSON (blueprint, content, state, since, …) ; d'autres clés, comme\n\
         l'identifiant de la fiche, la suivent ; ou une fiche qui en a une sous `process`. Celle dont le\n\
         parcours n'a pas changé ne change pas ; une autre garde son état si le nouveau parcours l'a\n\
         encore, sauf si --map la mène ailleurs. Un état disparu dont --map ne dit rien est refusé, et\n\
         avec --old aussi une instance qui n'a pas été commencée sous l'ancien programme. Sans --apply,\n\
         rien n'est écrit ; avec, tout l'est, ou rien si une instance est refusée.\n\n\
         Exemples :\n  \
           jalon blueprint migrate regles/ --old avant/ --instances dedans.ndjson\n  \
           jalon blueprint migrate regles/ --instances dedans.ndjson --map 'Relecture=Revue' --map 'Vieux='\n  \
           jalon blueprint migrate regles/ --instances dedans.ndjson --map 'Ventes/Devis=Offre'\n  \
           jalon blueprint migrate regles/ --instances dedans.ndjson --apply --now now -o apres.ndjson\n\n\
         Codes de sortie : 0 tout va bien, 1 une instance est refusée ou illisible, ou le programme est à\n\
         revoir, 2 l'usage ou les fichiers.",
    ),
];
