//! The page of operators.

use jalon::lang::Lang;
use jalon::lexicon::reference::{self, OnEmpty, Operator};
use jalon::lexicon::{Form, OPERATORS, Op};
use jalon::{Clock, Program};
use jalon_interop::sql::{Dialect, Options, Param, Texts, where_clause};
use jalon_interop::{FieldNames, LeftOut, export};
use serde_json::Value as Json;

use super::{code, codes, head, modules, row, shown, stage};

/// Every operator: what it does, of nothing, an example, in Zoho, in SQL.
pub(super) fn page(lang: Lang) -> Result<String, String> {
    let (program, clock) = stage(lang)?;
    let mut text = head(lang.pick("Opérateurs", "Operators"));
    text += lang.pick(INTRODUCTION.0, INTRODUCTION.1);
    text.push('\n');
    text += &overview(lang);
    text.push('\n');
    text += &modules(lang);
    for row in reference::OPERATORS {
        text += &section(row, &program, &clock, lang);
    }
    Ok(text)
}

const INTRODUCTION: (&str, &str) = (
    "Un critère teste un champ : `Ville EST Nice, Monaco`. Les opérateurs s'écrivent en capitales ou en minuscules, en français ou en anglais, avec ou sans accents.
Un opérateur négatif est exactement le contraire du positif : il est donc vrai d'un champ vide. Les textes se comparent sans égard à la casse, les accents comptent.

Zoho est ce qu'écrit `jalon export --to zoho`, SQL ce qu'écrit `jalon export --to sql --dialect postgres` pour des colonnes en ASCII imprimable ([ce que cela suppose](../guides/interop.md#sql)) ;
ce qui ne se dit pas exactement dans l'autre forme y est refusé, avec la raison.
",
    "A criterion tests a field: `City IS Nice, Monaco`. Operators are written in capitals or in lower case, in French or in English, with accents or without.
A negative operator is the exact complement of the positive one, so it holds of an empty field. Texts compare without regard to case; accents count.

Zoho is what `jalon export --to zoho` writes, SQL what `jalon export --to sql --dialect postgres` writes for columns of printable ASCII ([what that takes](../guides/interop.md#sql));
what cannot be said exactly in the other form is refused there, with the reason.
",
);

fn overview(lang: Lang) -> String {
    let mut text = lang
        .pick(
            "| En français | En anglais | Ce qu'il fait | Sur | D'un champ vide |\n|---|---|---|---|---|\n",
            "| In English | In French | What it does | On | Of an empty field |\n|---|---|---|---|---|\n",
        )
        .to_owned();
    let theirs = lang.pick(Lang::En, Lang::Fr);
    for operator in reference::OPERATORS {
        text += &row([
            &code(&spelled(operator.op, lang)),
            &code(&spelled(operator.op, theirs)),
            operator.what.pick(lang),
            operator.on.pick(lang),
            on_empty(operator.on_empty, lang),
        ]);
    }
    text
}

/// The printed spelling, with what stands inside it.
fn spelled(op: Op, lang: Lang) -> String {
    let inside = match op {
        Op::InLast => Some(("DANS LES n DERNIERS jours", "IN THE LAST n days")),
        Op::InNext => Some(("DANS LES n PROCHAINS jours", "IN THE NEXT n days")),
        Op::MoreThanAgo => Some(("IL Y A PLUS DE n jours", "MORE THAN n days AGO")),
        Op::InMoreThan => Some(("DANS PLUS DE n jours", "IN MORE THAN n days")),
        Op::Between => Some(("ENTRE a ET b", "BETWEEN a AND b")),
        Op::NotBetween => Some(("N'EST PAS ENTRE a ET b", "NOT BETWEEN a AND b")),
        Op::ChangesFrom => Some(("PASSE DE a À b", "CHANGES FROM a TO b")),
        _ => None,
    };
    inside.map_or_else(|| op.spelling(Form::Word, lang), |(fr, en)| lang.pick(fr, en).into())
}

fn on_empty(said: OnEmpty, lang: Lang) -> &'static str {
    match said {
        OnEmpty::Fails => lang.pick("faux", "false"),
        OnEmpty::Holds => lang.pick("**vrai**", "**true**"),
        OnEmpty::AsValue => {
            lang.pick("rien est une valeur comme une autre", "nothing is a value like another")
        }
    }
}

/// A sign has a name in the heading, so that a link can lead there.
fn title(op: Op, lang: Lang) -> String {
    let name = match op {
        Op::Less => lang.pick("plus petit que", "less than"),
        Op::LessOrEqual => lang.pick("au plus", "at most"),
        Op::Greater => lang.pick("plus grand que", "greater than"),
        Op::GreaterOrEqual => lang.pick("au moins", "at least"),
        _ => return format!("`{}`", spelled(op, lang)),
    };
    format!("`{}` {name}", op.spelling(Form::Ascii, lang))
}

fn section(operator: &Operator, program: &Program, clock: &Clock, lang: Lang) -> String {
    let written = |lang: Lang| {
        let rows = OPERATORS.iter().filter(|words| words.op == operator.op);
        let words = rows.flat_map(|words| lang.pick(words.fr, words.en).iter().copied());
        let mut words: Vec<String> = words.map(str::to_uppercase).collect();
        words.dedup();
        codes(words.iter().map(String::as_str))
    };
    let labels = lang.pick(
        ["En français", "En anglais", "Sur", "D'un champ vide", "Exemple", "Dans Zoho", "En SQL"],
        ["In English", "In French", "On", "Of an empty field", "Example", "In Zoho", "In SQL"],
    );
    let (ours, theirs) = (written(lang), written(lang.pick(Lang::En, Lang::Fr)));
    let cells = [
        ours,
        theirs,
        operator.on.pick(lang).to_owned(),
        on_empty(operator.on_empty, lang).to_owned(),
        shown(&operator.example, lang),
        zoho(operator, program, lang),
        sql(operator, program, clock, lang),
    ];
    let mut text = format!(
        "\n## {}\n\n{}.\n\n| | |\n|---|---|\n",
        title(operator.op, lang),
        sentence(operator.what.pick(lang))
    );
    for (label, cell) in labels.iter().zip(cells) {
        text += &row([label, &cell]);
    }
    text
}

/// With a capital letter.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn refused(reasons: &[LeftOut], lang: Lang) -> String {
    let mut reasons: Vec<String> = reasons.iter().map(|reason| reason.message(lang)).collect();
    reasons.dedup();
    let reasons = reasons.join(" ; ").replace('|', "\\|");
    lang.pick(format!("refusé : {reasons}"), format!("refused: {reasons}"))
}

fn no_before(lang: Lang) -> String {
    lang.pick(
        "refusé : une requête n'a qu'un état de la fiche, non celui d'avant".into(),
        "refused: a query has one state of the record, not the one before".into(),
    )
}

/// What is exported to Zoho.
fn zoho(row: &Operator, program: &Program, lang: Lang) -> String {
    let Ok(criterion) =
        program.criterion(row.example.criterion(lang), Some(lang.pick("Prospects", "Leads")))
    else {
        return no_before(lang);
    };
    match export(&criterion, jalon_interop::Form::Zoho, FieldNames::Api) {
        Ok(theirs) => tests(&theirs),
        Err(reasons) => refused(&reasons, lang),
    }
}

/// The tests of a criterion of Zoho: comparators with their values.
fn tests(theirs: &Json) -> String {
    if let Some(group) = theirs["group"].as_array() {
        let operator = theirs["group_operator"].as_str().unwrap_or("AND");
        return group.iter().map(tests).collect::<Vec<_>>().join(&format!(" {operator} "));
    }
    let comparator = theirs["comparator"].as_str().unwrap_or_default();
    code(&format!("{comparator} {}", theirs["value"]))
}

/// What is exported to PostgreSQL.
fn sql(row: &Operator, program: &Program, clock: &Clock, lang: Lang) -> String {
    let Ok(criterion) =
        program.criterion(row.example.criterion(lang), Some(lang.pick("Prospects", "Leads")))
    else {
        return no_before(lang);
    };
    let options = Options::new(Dialect::Postgres).texts(Texts::Ascii);
    match where_clause(&criterion, clock, &options) {
        Err(reasons) => refused(&reasons, lang),
        Ok(clause) => {
            let params: Vec<String> = clause.params.iter().map(param).collect();
            let with = lang.pick("avec", "with");
            let params =
                params.iter().enumerate().map(|(i, value)| format!("`${}` = {value}", i + 1));
            let params = params.collect::<Vec<_>>().join(", ");
            let params = if params.is_empty() { params } else { format!(" {with} {params}") };
            format!("{}{params}", code(&clause.sql))
        }
    }
}

fn param(param: &Param) -> String {
    match serde_json::to_value(param) {
        Ok(Json::String(text)) => code(&format!("'{text}'")),
        Ok(other) => code(&other.to_string()),
        Err(_) => "…".into(),
    }
}
