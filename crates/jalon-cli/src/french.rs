//! The command line's own texts in French: help and usage errors. The English ones stand beside
//! the options in [`crate::args`].

use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

/// What a command does, and what is said under its options.
const COMMANDS: &[(&str, &str, &str)] = &[
    (
        "json",
        "Donner des programmes en JSON, ou du JSON en programme",
        "Le JSON dit tout ce que dit le texte, sauf sa mise en page ; docs/json.md le montre, et\n\
         docs/schema/program.schema.json le décrit. Les fichiers et dossiers donnés ensemble font\n\
         un seul programme.\n\n\
         Exemples :\n  \
           jalon json regles/ > regles.json\n  \
           jalon json --back regles.json > regles.jalon\n  \
           cat regles.json | jalon json --back - --lang fr\n\n\
         Codes de sortie : 0 tout va bien, 1 le programme ou le JSON, 2 l'usage ou les fichiers.",
    ),
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
        "check",
        "Vérifier des programmes : tout ce qui est faux ou douteux, où, et comment en sortir",
        "Les fichiers et dossiers donnés ensemble font un seul programme.\n\n\
         Exemples :\n  \
           jalon check regles/\n  \
           jalon check modules.jalon scores.jalon --lang fr\n  \
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
         lui chaque mot-clé reste dans sa langue, ou suit la ligne `langue` de son fichier. Un fichier\n\
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
        "Lire un critère ou des règles d'une autre forme : react-querybuilder, Zoho, Salesforce",
        "Écrit un critère, ou les règles d'un fichier, en texte ; les mots-clés sont dans la langue\n\
         de --lang. Avec des programmes, les noms qu'ils déclarent se distinguent des textes, et les\n\
         comparaisons avec des champs sont reprises. Un critère est repris en entier ou pas du tout.\n\
         Ce qui ne peut être repris est listé sur la sortie d'erreur avec sa place (un pointeur JSON,\n\
         ou un chemin d'éléments XML) et la raison.\n\n\
         Formes : querybuilder (react-querybuilder), zoho (critères des interfaces de Zoho CRM),\n\
         pattern (une liste numérotée et `1 and (2 or 3)`), salesforce (règles de workflow en XML).\n\n\
         Exemples :\n  \
           jalon import requete.json --from querybuilder --lang fr\n  \
           jalon import modules.jalon criteres.json --from zoho\n  \
           jalon import Contact.workflow-meta.xml --from salesforce -o contact.jalon\n\n\
         Codes de sortie : 0 tout va bien, 1 quelque chose est omis, ou un programme est à revoir,\n\
         2 l'usage ou les fichiers.",
    ),
    (
        "export",
        "Écrire un critère dans une autre forme",
        "Écrit du JSON : d'un critère ou d'une règle le critère dans la forme demandée ; d'un score la\n\
         liste de ses lignes, chacune comme elle est écrite avec son critère, ou avec la raison pour\n\
         laquelle il est omis. Un critère est repris en entier ou pas du tout ; ce que la forme n'a\n\
         pas est listé sur la sortie d'erreur.\n\n\
         Exemples :\n  \
           jalon export regles/ --to querybuilder --criterion 'Pays EST France ET Montant > 1000'\n  \
           jalon export regles/ --to zoho --rule 'CM5 : PROSPECT MONACO'\n  \
           jalon export regles/ --to pattern --score Scorex --names label\n\n\
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
         programme. Comment régler un éditeur est dit dans docs/editors.md.\n\n\
         Codes de sortie : 0 l'éditeur a pris congé, 1 il est parti sans.",
    ),
    (
        "blueprint draw",
        "Dessiner un parcours : SVG, Mermaid ou DOT",
        "Les états sont colorés selon leur rôle, les transitions disent qui peut les faire et après\n\
         combien de temps, et une transition commune est dessinée une seule fois. Le SVG n'a besoin de\n\
         rien d'autre et convient aux pages claires et sombres. Sans --format, l'extension de OUT dit le\n\
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

/// What each argument is, wherever it stands; a command's own text comes first.
const ARGUMENTS: &[(&str, &str, &str)] = &[
    ("check", "explain", "Dire ce que veut dire un code, avec un exemple, sans rien vérifier"),
    (
        "json",
        "files",
        "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent ; avec --back un fichier JSON, `-` pour l'entrée standard",
    ),
    ("json", "back", "Lire du JSON et donner le programme en texte"),
    ("hash", "files", "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent"),
    ("hash", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    ("check", "files", "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent"),
    (
        "fmt",
        "files",
        "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent ; `-` : de l'entrée à la sortie standard",
    ),
    ("fmt", "check", "Ne rien écrire ; montrer ce qui changerait"),
    (
        "score",
        "paths",
        "Programmes (fichiers `.jalon` ou dossiers), puis les données ; `-` lit les données sur l'entrée standard",
    ),
    (
        "match",
        "paths",
        "Programmes (fichiers `.jalon` ou dossiers) s'il y en a, puis les données ; `-` lit l'entrée standard",
    ),
    (
        "explain",
        "paths",
        "Programmes (fichiers `.jalon` ou dossiers) s'il y en a, puis la fiche, un objet JSON ; `-` la lit sur l'entrée standard",
    ),
    (
        "check",
        "format",
        "Texte pour les gens, ou tableau JSON de diagnostics : text (par défaut), json",
    ),
    ("explain", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    (
        "run",
        "paths",
        "Programmes (fichiers `.jalon` ou dossiers), puis les événements ; `-` les lit sur l'entrée standard",
    ),
    ("run", "state", "Ce qui est retenu : lu s'il existe, écrit à la fin"),
    (
        "run",
        "until",
        "Laisser avancer l'heure jusque-là (d'une date, minuit), et déclencher ce qui est échu",
    ),
    ("run", "explain", "Dire pourquoi chaque règle se déclenche ou non"),
    (
        "run",
        "format",
        "Chronologie pour les gens, ou une décision JSON par ligne ; text sur un terminal, sinon json",
    ),
    ("run", "out", "Écrire les décisions ici"),
    (
        "run",
        "strict",
        "S'arrêter au premier événement qui ne va pas, et refuser valeurs fausses et champs absents",
    ),
    ("say", "files", "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent"),
    ("say", "rule", "Seulement cette règle"),
    ("say", "score", "Seulement ce score"),
    ("say", "blueprint", "Seulement ce parcours"),
    ("say", "criterion", "Un critère, tel que `Ville CONTIENT monaco`"),
    ("say", "module", "Le module du critère, s'il y en a plusieurs"),
    ("say", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    ("diff", "old", "L'ancien programme : un fichier `.jalon`, ou un dossier qui en contient"),
    ("diff", "new", "Le nouveau programme, de même"),
    (
        "diff",
        "data",
        "Des fiches, pour dire pour lesquelles quelque chose change : CSV, NDJSON, tableau JSON ou Parquet",
    ),
    (
        "diff",
        "until",
        "Laisser avancer l'heure jusque-là pour chaque fiche, et comparer ce que font ses minuteries",
    ),
    ("diff", "show", "Nommer autant de fiches qui changent (20 par défaut) ; toutes sont comptées"),
    ("diff", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    ("test", "files", "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent"),
    ("test", "only", "Seulement les tests dont le nom contient ceci"),
    ("test", "format", "Texte pour les gens, ou rapport JSON : text (par défaut), json"),
    (
        "simulate",
        "data",
        "Les fiches : CSV, NDJSON, tableau JSON ou Parquet ; `-` les lit sur l'entrée standard",
    ),
    (
        "simulate",
        "old",
        "L'ancien programme : fichier `.jalon` ou dossier ; à répéter s'il y en a plusieurs",
    ),
    ("simulate", "new", "Le nouveau programme, de même"),
    ("simulate", "events", "Les données sont des événements, un objet JSON par ligne"),
    (
        "simulate",
        "as_",
        "Les fiches sont créées (created, par défaut), ou enregistrées à nouveau sans changement (updated)",
    ),
    (
        "simulate",
        "until",
        "Laisser avancer l'heure jusque-là pour chaque fiche, et comparer ce que font ses minuteries",
    ),
    ("simulate", "show", "En nommer autant (20 par défaut) ; tous sont comptés"),
    ("simulate", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    ("simulate", "fail_on_change", "Sortir avec 1 si un résultat change"),
    (
        "blueprint replay",
        "paths",
        "Programmes (fichiers `.jalon` ou dossiers), puis le journal : CSV, NDJSON, tableau JSON ou Parquet ; `-` le lit sur l'entrée standard",
    ),
    ("blueprint replay", "blueprint", "Le parcours, s'il y en a plusieurs"),
    ("lsp", "stdio", "Acceptée et sans effet : il n'y a pas d'autre façon de parler"),
    ("blueprint replay", "module", "Le module du parcours, si plusieurs en ont un de ce nom"),
    (
        "blueprint replay",
        "transition",
        "Une colonne de transitions à côté de celle des états : chaque passage doit être fait par la sienne",
    ),
    (
        "blueprint replay",
        "by",
        "La colonne de qui a fait chaque passage : les propriétaires nommés un à un sont alors regardés",
    ),
    (
        "blueprint replay",
        "as_",
        "Ce que sont les états ou activités du journal dans le parcours : states, transitions ; sans elle leurs noms le disent",
    ),
    ("blueprint", "zone", "Fuseau des heures sans décalage, tel que Europe/Paris ; UTC sans lui"),
    (
        "blueprint replay",
        "show",
        "Nommer autant de sortes de refus (20 par défaut) ; tous sont comptés",
    ),
    ("blueprint replay", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    (
        "blueprint replay",
        "picture",
        "Dessiner le parcours avec ces chiffres : SVG, ou Mermaid ou DOT selon l'extension",
    ),
    ("blueprint replay", "fail_on_refusal", "Sortir avec 1 si un passage est refusé"),
    (
        "blueprint discover",
        "data",
        "Le journal : CSV, NDJSON, tableau JSON ou Parquet ; `-` le lit sur l'entrée standard",
    ),
    ("blueprint discover", "name", "Le nom du parcours ; sans elle celui du fichier"),
    ("blueprint discover", "module", "Le module qu'il gouverne"),
    ("blueprint discover", "field", "Le champ qui porte l'état ; sans elle le nom de la colonne"),
    (
        "blueprint discover",
        "min_count",
        "Laisser de côté les passages vus moins souvent (1 par défaut)",
    ),
    ("blueprint discover", "out", "Écrire le parcours ici"),
    (
        "blueprint",
        "case",
        "La colonne des cas ; sans elle reconnue à son nom, tel que case, case_id, dossier",
    ),
    ("blueprint", "state", "La colonne des états ou des activités ; sans elle reconnue à son nom"),
    (
        "blueprint",
        "time",
        "La colonne des temps ; sans elle reconnue à son nom, tel que timestamp, date",
    ),
    (
        "blueprint",
        "strict",
        "S'arrêter à la première ligne qui n'est pas un événement, ou dont le temps ne se lit pas",
    ),
    (
        "blueprint show",
        "paths",
        "Programmes (fichiers `.jalon` ou dossiers), puis la fiche ; `-` la lit sur l'entrée standard",
    ),
    (
        "blueprint show",
        "by",
        "Qui demande : un utilisateur de --users, ou un nom dont on ne sait rien d'autre",
    ),
    ("blueprint show", "module", "Le module de la fiche, s'il y en a plusieurs"),
    ("blueprint show", "state", "Ce que `jalon run` retient"),
    ("blueprint show", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    (
        "blueprint show",
        "zone",
        "Fuseau des jours et des heures locales, tel que Europe/Paris ; UTC sans lui",
    ),
    ("blueprint draw", "files", "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent"),
    ("blueprint draw", "name", "Le parcours, s'il y en a plusieurs"),
    ("blueprint draw", "format", "Ce qui est écrit : svg, mermaid, dot"),
    ("blueprint draw", "out", "Écrire ici ; sur la sortie standard sans elle"),
    (
        "blueprint migrate",
        "files",
        "Le nouveau programme : fichiers `.jalon`, ou dossiers qui en contiennent",
    ),
    (
        "blueprint migrate",
        "instances",
        "Les instances : un objet JSON par ligne, ou un tableau JSON ; `-` les lit sur l'entrée standard",
    ),
    (
        "blueprint migrate",
        "old",
        "L'ancien programme : fichier `.jalon` ou dossier ; à répéter s'il y en a plusieurs",
    ),
    (
        "blueprint migrate",
        "map",
        "Où mène un état : `Ancien=Nouveau`, `Ancien=` vers la sortie, `Parcours/Ancien=Nouveau` d'un seul parcours, ou un fichier JSON tel que {\"Ancien\": \"Nouveau\", \"Vieux\": null}",
    ),
    ("blueprint migrate", "rename", "Un parcours qui a changé de nom : `Ancien=Nouveau`"),
    ("blueprint migrate", "apply", "Écrire les instances migrées dans --out"),
    (
        "blueprint migrate",
        "out",
        "Où elles vont : un tableau JSON si le nom finit en .json, sinon un objet par ligne",
    ),
    ("blueprint migrate", "by", "Qui les fait migrer, pour leur historique"),
    (
        "blueprint migrate",
        "show",
        "Nommer autant d'instances refusées (20 par défaut) ; toutes sont comptées",
    ),
    ("blueprint migrate", "format", "Texte pour les gens, ou JSON : text (par défaut), json"),
    (
        "import",
        "paths",
        "Programmes (fichiers `.jalon` ou dossiers) s'il y en a, puis le fichier ; `-` le lit sur l'entrée standard",
    ),
    ("import", "from", "La forme du fichier : querybuilder, zoho, pattern, salesforce"),
    ("import", "module", "Le module concerné, s'il y en a plusieurs"),
    ("import", "inactive", "Reprendre aussi les règles désactivées"),
    ("import", "out", "Écrire ici ; sur la sortie standard sans elle"),
    (
        "export",
        "files",
        "Programmes : fichiers `.jalon`, ou dossiers qui en contiennent ; un critère seul n'en demande pas",
    ),
    ("export", "to", "La forme à écrire : querybuilder, zoho, pattern"),
    ("export", "score", "Le score dont les lignes sont écrites"),
    ("export", "module", "Le module du critère, s'il y en a plusieurs"),
    (
        "export",
        "names",
        "Nommer les champs par leur premier nom d'API s'ils en ont un, ou par leur libellé : api (par défaut), label",
    ),
    ("export", "out", "Écrire ici ; sur la sortie standard sans elle"),
    ("explain", "strict", "Refuser les valeurs du mauvais type et les champs absents"),
    (
        "",
        "users",
        "Les utilisateurs, pour que les effets nomment ceux d'un rôle ou d'un groupe : un tableau JSON d'objets avec name, et id, email, roles, groups, profiles s'ils sont connus",
    ),
    ("", "lang", "Langue des messages ; sans elle celle du programme, sinon l'anglais"),
    ("", "score", "Le score, s'il y en a plusieurs"),
    ("", "module", "Le module des fiches, s'il y en a plusieurs"),
    ("", "criterion", "Le critère, tel que `Ville CONTIENT monaco`"),
    ("", "rule", "La règle dont la condition est le critère"),
    ("", "now", "L'heure présente : `2026-06-30T09:00`, ou `now` pour celle du système"),
    ("", "zone", "Fuseau des jours et des heures locales, tel que Europe/Paris ; UTC sans lui"),
    (
        "",
        "now_column",
        "Une colonne qui porte l'heure présente de chaque fiche, pour rejouer le passé",
    ),
    (
        "",
        "explain",
        "Ajouter les raisons de chaque ligne : une phrase dans une colonne, le résultat entier en JSON",
    ),
    ("", "count", "Afficher combien de fiches le respectent, et rien d'autre"),
    ("", "strict", "S'arrêter à la première valeur, ligne ou champ qui ne va pas"),
    (
        "",
        "threads",
        "Combien de fils se partagent le travail ; autant que de processeurs sans elle",
    ),
    ("", "out", "Écrire ici ; l'extension dit le format : csv, ndjson, jsonl, json, parquet"),
];

const ABOUT: &str = "Exécute ce qu'une équipe commerciale automatise : critères et scores, écrits \
                     comme les gens du métier les écrivent";
const AFTER: &str = "\
Exemples :
  jalon check regles/
  jalon fmt regles/
  jalon score regles/ prospects.csv -o notes.csv
  jalon match prospects.csv --criterion 'Pays EST France' --count
  jalon explain regles/ fiche.json
  jalon say regles/
  jalon diff avant/ regles/
  jalon run regles/ evenements.ndjson --state etat.json
  jalon test regles/
  jalon simulate --old avant/ --new regles/ prospects.csv
  jalon import requete.json --from querybuilder
  jalon blueprint draw regles/ -o affaires.svg
  jalon blueprint replay regles/ journal.csv
  jalon blueprint migrate regles/ --old avant/ --instances dedans.ndjson

Codes de sortie : 0 tout va bien, 1 un programme ou des données à revoir, 2 l'usage ou les fichiers.
`jalon COMMANDE --help` en dit plus de chacune.";
const ROOT: &str = "\
{about-with-newline}
Usage : {usage}

Commandes :
{subcommands}

Options :
{options}{after-help}";
const SUBCOMMAND: &str = "\
{about-with-newline}
Usage : {usage}

Arguments :
{positionals}

Options :
{options}{after-help}";

/// The command line with its help in French.
pub fn translate(command: Command) -> Command {
    let command = with_help(command.about(ABOUT).after_help(AFTER).help_template(ROOT))
        .override_usage("jalon [OPTIONS] COMMANDE")
        .disable_help_subcommand(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = command.disable_version_flag(true).arg(version.help("Afficher la version"));
    let command = command.mut_args(|argument| translate_argument("", argument));
    COMMANDS.iter().fold(command, |command, (path, about, after)| {
        at_path(command, path, &|sub| {
            let template = if sub.has_subcommands() { ROOT } else { SUBCOMMAND };
            let sub = sub.about(*about).after_help(*after).help_template(template);
            let sub = sub.disable_help_subcommand(true);
            with_help(sub.mut_args(|argument| translate_argument(path, argument)))
        })
    })
}

/// Changes the command at a path such as `blueprint replay`.
fn at_path(command: Command, path: &str, change: &dyn Fn(Command) -> Command) -> Command {
    match path.split_once(' ') {
        Some((first, rest)) => command.mut_subcommand(first, |sub| at_path(sub, rest, change)),
        None => command.mut_subcommand(path, change),
    }
}

fn translate_argument(command: &str, argument: Arg) -> Arg {
    let id = argument.get_id().as_str();
    let known = |of: &str| ARGUMENTS.iter().find(|(sub, name, _)| *sub == of && *name == id);
    let group = command.split(' ').next().unwrap_or(command);
    match known(command).or_else(|| known(group)).or_else(|| known("")) {
        Some((.., help)) => {
            let values = argument.get_action().takes_values();
            argument.help(*help).hide_default_value(values).hide_possible_values(values)
        }
        None => argument,
    }
}

fn with_help(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command.disable_help_flag(true).arg(help.help("Afficher l'aide"))
}

/// A usage error in French, on one line.
pub fn usage_error(error: &Error) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let mut message = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::UnknownArgument => format!("option inconnue `{argument}`"),
        ErrorKind::InvalidSubcommand => {
            format!("commande inconnue `{}`", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::ArgumentConflict => {
            format!("`{argument}` ne va pas avec `{}`", context(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            format!("`{argument}` demande une valeur")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{}` n'est pas une valeur de `{argument}`", context(ContextKind::InvalidValue))
        }
        ErrorKind::TooFewValues => format!("il manque des valeurs à {argument}"),
        _ => return error.to_string(),
    };
    let suggestion = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand]
        .into_iter()
        .map(context)
        .find(|suggestion| !suggestion.is_empty());
    if let Some(suggestion) = suggestion {
        message = format!("{message} ; vouliez-vous dire `{suggestion}` ?");
    }
    format!("erreur : {message}\n\nVoyez `jalon --help --lang fr`.\n")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn every_option_has_its_french_text() {
        let command = translate(Cli::command());
        command.clone().debug_assert();
        Cli::command().debug_assert();
        compare(&command, &Cli::command());
    }

    /// Every text of a command and of those below it is another than in English.
    fn compare(french: &Command, english: &Command) {
        for sub in french.get_subcommands() {
            let name = sub.get_name();
            let known = english.find_subcommand(name).unwrap();
            let about = |command: &Command| command.get_about().map(ToString::to_string);
            assert_ne!(about(sub), about(known), "{name}");
            for argument in sub.get_arguments() {
                let (id, help) = (argument.get_id(), argument.get_help().map(ToString::to_string));
                let english = known.get_arguments().find(|known| known.get_id() == id);
                let english = english.and_then(|known| known.get_help().map(ToString::to_string));
                assert_ne!(help, english, "{name} {id}");
            }
            compare(sub, known);
        }
    }

    #[test]
    fn usage_errors_are_french() {
        let error = |args: &[&str]| {
            let args = [&["jalon"], args].concat();
            usage_error(&translate(Cli::command()).try_get_matches_from(args).unwrap_err())
        };
        let errors = [
            error(&["scor"]),
            error(&["score"]),
            error(&["score", "a", "b", "--bidule"]),
            error(&["match", "a", "--criterion", "x", "--rule", "y"]),
            error(&["check", "a", "--format", "xml"]),
            error(&["score", "a", "b", "--score"]),
        ];
        insta::assert_snapshot!(errors.concat());
    }
}
