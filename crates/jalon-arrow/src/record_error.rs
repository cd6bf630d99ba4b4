//! Values of the wrong type, said in a line.

use jalon::eval::RecordError;
use jalon::eval::explain::Problem;
use jalon::lang::Lang;

/// All errors of a row.
pub(crate) fn describe_all(errors: &[RecordError], lang: Lang) -> String {
    let each: Vec<String> = errors.iter().map(|error| describe_error(error, lang)).collect();
    each.join("; ")
}

/// A value that could not be used, in a line: the field, the value, and what was expected.
pub fn describe_error(error: &RecordError, lang: Lang) -> String {
    let RecordError { field, value, problem, .. } = error;
    match problem {
        Problem::WrongType { expected } => {
            let expected = type_name(expected, lang);
            lang.pick(
                format!("`{field}` : `{value}` n'est pas {expected}"),
                format!("`{field}`: `{value}` is not {expected}"),
            )
        }
        Problem::Conflict { keys: (one, other) } => lang.pick(
            format!("`{field}` : `{one}` et `{other}` se contredisent"),
            format!("`{field}`: `{one}` and `{other}` contradict each other"),
        ),
        Problem::Absent => {
            lang.pick(format!("`{field}` : champ absent"), format!("`{field}`: field absent"))
        }
        Problem::Arithmetic => lang.pick(
            format!("`{field}` : division par zéro ou plus de 28 chiffres"),
            format!("`{field}`: division by zero, or more than 28 digits"),
        ),
    }
}

/// The name of a type with its article.
fn type_name(keyword: &str, lang: Lang) -> String {
    let (fr, en) = match keyword {
        "text" => ("un texte", "a text"),
        "number" => ("un nombre", "a number"),
        "checkbox" => ("une case (oui ou non)", "a checkbox (yes or no)"),
        "date" => ("une date", "a date"),
        "datetime" => ("une date-heure", "a datetime"),
        "multi-picklist" | "set" => ("une liste de valeurs", "a list of values"),
        "lookup" | "reference" => ("une référence", "a lookup"),
        "user" => ("un utilisateur", "a user"),
        "records" | "events" => ("une liste de fiches", "a list of records"),
        other => return format!("{} `{other}`", lang.pick("du type", "of type")),
    };
    lang.pick(fr, en).to_owned()
}

/// A row whose clock column holds no date.
pub(crate) fn no_clock(column: &str, lang: Lang) -> String {
    lang.pick(
        format!("`{column}` ne donne ni date ni heure : ligne sans score"),
        format!("`{column}` holds no date or time: row without a score"),
    )
}
