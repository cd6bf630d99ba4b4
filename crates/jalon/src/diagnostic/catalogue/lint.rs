//! What the analysis of criteria finds: `W0801` to `W0829`, and notes.

use super::{Code, Severity, Text, codes};

codes! { LINT;
    /// A criterion that no record satisfies.
    NEVER_TRUE = "W0801" Warning {
        fr: "ce critère n'est jamais vrai : `{criterion}`",
        en: "this criterion is never true: `{criterion}`",
        label: "ne peut pas tenir ici", "cannot hold here",
        help: "corrigez une valeur, ou joignez les tests par `OU` si l'un ou l'autre suffit",
              "mend a value, or join the tests with `OR` if either is enough",
    }
    /// A criterion that every record satisfies.
    ALWAYS_TRUE = "W0802" Warning {
        fr: "ce critère est toujours vrai : `{criterion}`",
        en: "this criterion is always true: `{criterion}`",
        label: "toute valeur convient, même vide", "every value meets it, even none",
        help: "enlevez-le si toutes les fiches sont voulues, sinon joignez les tests par `ET`",
              "take it out if every record is meant, otherwise join the tests with `AND`",
    }
    /// A part of a conjunction that the others imply.
    PART_CHANGES_NOTHING = "W0803" Warning {
        fr: "`{part}` ne change rien : c'est toujours vrai quand le reste l'est",
        en: "`{part}` changes nothing: it is always true where the rest is",
        label: "sans effet", "without effect",
        help: "enlevez cette partie, ou corrigez-la si elle devait dire autre chose",
              "take this part out, or mend it if it should say something else",
    }
    /// A part of a disjunction that the others include.
    ALTERNATIVE_ADDS_NOTHING = "W0804" Warning {
        fr: "`{part}` n'ajoute rien : ce n'est jamais vrai quand le reste est faux",
        en: "`{part}` adds nothing: it is never true where the rest is false",
        label: "sans effet", "without effect",
        help: "enlevez cette partie, ou corrigez-la si elle devait dire autre chose",
              "take this part out, or mend it if it should say something else",
    }
    /// A value of a list that another one includes.
    VALUE_ADDS_NOTHING = "W0805" Warning {
        fr: "la valeur `{value}` n'ajoute rien à la liste : `{other}` suffit",
        en: "the value `{value}` adds nothing to the list: `{other}` is enough",
        label: "sans effet", "without effect",
    }
    /// A branch whose records earlier branches take.
    BRANCH_NEVER_REACHED = "W0806" Warning {
        fr: "cette branche de `{name}` n'est jamais atteinte",
        en: "this branch of `{name}` is never reached",
        label: "la première branche vraie agit, et une autre l'est toujours avant",
               "the first true branch acts, and another one always is before",
        help: "mettez la branche la plus étroite en premier", "put the narrower branch first",
    }
    /// A blueprint whose records earlier ones take.
    BLUEPRINT_NEVER_REACHED = "W0807" Warning {
        fr: "le parcours `{name}` ne gouverne aucune fiche : `{other}` les prend toutes avant lui",
        en: "the blueprint `{name}` governs no record: `{other}` takes them all before it",
        label: "vient trop tard", "comes too late",
        help: "mettez le parcours le plus étroit en premier", "put the narrower blueprint first",
    }
    /// Two rules that say the same.
    RULE_TWICE = "W0808" Warning {
        fr: "la règle `{name}` dit la même chose que `{other}`",
        en: "the rule `{name}` says the same as `{other}`",
        label: "mêmes déclencheurs, mêmes critères, mêmes actions",
               "the same triggers, the same criteria, the same actions",
        help: "enlevez l'une des deux : tout y est fait deux fois",
              "take one of them out: everything is done twice",
    }
    /// Two lines of a score that count the same.
    LINE_TWICE = "W0809" Warning {
        fr: "cette ligne de `{name}` compte deux fois la même chose",
        en: "this line of `{name}` counts the same thing twice",
        label: "mêmes points, même critère", "the same points, the same criterion",
        help: "enlevez l'une des deux, ou donnez-leur une seule ligne avec la somme des points",
              "take one of them out, or write one line with the sum of the points",
    }
    /// Two rules that write different values to a field of one record.
    WRITES_CLASH = "W0810" Warning {
        fr: "`{name}` et `{other}` écrivent des valeurs différentes dans {fields} d'une même fiche",
        en: "`{name}` and `{other}` write different values to {fields} of the same record",
        label: "remplace l'autre valeur, par exemple où {witness}",
               "replaces the other value, for example where {witness}",
        help: "départagez leurs critères, ou réunissez-les en une règle avec `sinon si`",
              "tell their criteria apart, or join them in one rule with `else if`",
    }
    /// Likewise, where their criteria ask about different fields.
    WRITES_MEET = "N0811" Note {
        fr: "`{name}` et `{other}` peuvent écrire des valeurs différentes dans {fields} d'une même fiche",
        en: "`{name}` and `{other}` may write different values to {fields} of the same record",
        label: "la dernière du texte l'emporte, par exemple où {witness}",
               "the later in the text wins, for example where {witness}",
        help: "leurs critères n'ont aucun champ en commun ; si l'ordre compte, réunissez-les en une règle avec `sinon si`",
              "their criteria have no field in common; if the order matters, join them in one rule with `else if`",
    }
}
