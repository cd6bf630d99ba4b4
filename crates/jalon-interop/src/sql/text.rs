//! Tests on texts.

use jalon::checked::{Domain, Term, TextTest};
use jalon::schema::TextMode;
use jalon::value::Value;
use jalon::value::fold::{fold, is_blank};

use super::write::{Column, Part, Writer, Written, no};
use super::{Dialect, Param, Texts};
use crate::left_out::reasons;

/// What a text is compared with: its SQL, and its length as SQL.
struct Needle {
    sql: String,
    length: String,
}

impl Writer<'_> {
    /// A text test: a part for each thing it compares with.
    pub(super) fn texts(
        &mut self,
        test: TextTest,
        terms: &[Term],
        column: &Column,
    ) -> Written<Vec<Part>> {
        let (Domain::Text(mode) | Domain::Reference(mode)) = column.domain else {
            return Err(no(&reasons::OTHER_FIELD));
        };
        let mut constants = Vec::new();
        let mut parts = Vec::new();
        for term in terms {
            match term {
                Term::Const(Value::Text(text)) => constants.push(fold(text, mode).into_owned()),
                Term::Expr(expr) => {
                    let other = self.other(expr)?;
                    parts.push(self.texts_of_two(test, mode, column, &other)?);
                }
                _ => return Err(no(&reasons::OTHER_FIELD)),
            }
        }
        if test == TextTest::Equal {
            let (blank, plain): (Vec<_>, Vec<_>) =
                constants.into_iter().partition(|constant| is_blank(constant));
            constants = blank;
            if !plain.is_empty() {
                parts.push(self.any_column(column, |writer, sql| {
                    let folded = writer.folded(sql, column.texts, mode);
                    Part::all([format!("{sql} IS NOT NULL"), writer.among(&folded, &plain)])
                }));
            }
        }
        for constant in constants {
            parts.push(self.any_column(column, |writer, sql| {
                let mut all = vec![format!("{sql} IS NOT NULL")];
                if is_blank(&constant) {
                    all.push(writer.not_blank(sql, column.texts, mode));
                }
                // Every text begins and ends with nothing, and contains it.
                if test == TextTest::Equal || !constant.is_empty() {
                    let folded = writer.folded(sql, column.texts, mode);
                    let length = constant.chars().count().to_string();
                    let needle =
                        Needle { sql: writer.param(Param::Text(constant.clone())), length };
                    all.push(writer.compare(test, &folded, &needle));
                }
                Part::all(all)
            }));
        }
        Ok(parts)
    }

    /// A part for each column of a field, any of which may pass.
    fn any_column(
        &mut self,
        column: &Column,
        mut part: impl FnMut(&mut Self, &str) -> Part,
    ) -> Part {
        let parts = column.sql.iter().map(|sql| part(self, sql)).collect();
        Part::any(parts)
    }

    /// The text of a field against that of another; false where either is empty.
    fn texts_of_two(
        &mut self,
        test: TextTest,
        mode: TextMode,
        column: &Column,
        other: &Column,
    ) -> Written<Part> {
        let (Domain::Text(of_other) | Domain::Reference(of_other)) = other.domain else {
            return Err(no(&reasons::OTHER_FIELD));
        };
        let folded = [column.texts, other.texts].contains(&Texts::Folded);
        if folded && (of_other != mode || column.texts != other.texts) {
            return Err(no(&reasons::FOLDED_APART));
        }
        let mut parts = Vec::new();
        for left in &column.sql {
            for right in &other.sql {
                let text = self.folded(left, column.texts, mode);
                let with = self.folded(right, other.texts, mode);
                let needle = Needle { length: format!("length({with})"), sql: with.clone() };
                parts.push(Part::all([
                    format!("{left} IS NOT NULL"),
                    format!("{right} IS NOT NULL"),
                    self.not_blank(left, column.texts, mode),
                    self.not_blank(right, other.texts, mode),
                    self.compare(test, &text, &needle),
                ]));
            }
        }
        Ok(Part::any(parts))
    }

    /// That a text is more than white space, which folding makes spaces. A text of nothing but
    /// accents is one.
    pub(super) fn not_blank(&mut self, sql: &str, texts: Texts, mode: TextMode) -> String {
        let folded = self.folded(sql, texts, TextMode { ignoring_accents: false, ..mode });
        format!("trim({folded}) <> ''")
    }

    /// A folded text against another.
    fn compare(&self, test: TextTest, text: &str, needle: &Needle) -> String {
        let Needle { sql, length } = needle;
        match (test, self.dialect()) {
            (TextTest::Equal, _) => format!("{text} = {sql}"),
            (TextTest::Contains | TextTest::ContainsAll, Dialect::Sqlite) => {
                format!("instr({text}, {sql}) > 0")
            }
            (TextTest::Contains | TextTest::ContainsAll, _) => format!("strpos({text}, {sql}) > 0"),
            (TextTest::StartsWith, Dialect::Sqlite) => {
                format!("substr({text}, 1, {length}) = {sql}")
            }
            (TextTest::StartsWith, _) => format!("left({text}, {length}) = {sql}"),
            // From place -0 on is the whole text.
            (TextTest::EndsWith, Dialect::Sqlite) => {
                format!("substr({text}, -max(1, {length}), {length}) = {sql}")
            }
            (TextTest::EndsWith, _) => format!("right({text}, {length}) = {sql}"),
        }
    }

    /// A mask, place by place.
    pub(super) fn mask(&mut self, mask: &str, column: &Column) -> Written<Part> {
        if column.texts == Texts::Folded {
            return Err(no(&reasons::MASK_FOLDED));
        }
        let mode = TextMode { case_sensitive: true, ..TextMode::default() };
        let sqlite = self.dialect() == Dialect::Sqlite;
        let mut pattern = String::new();
        for place in fold(mask, mode).chars() {
            match place {
                '9' => pattern.push_str("[0-9]"),
                'A' if column.texts == Texts::Ascii => pattern.push_str("[A-Za-z]"),
                'A' => return Err(no(&reasons::MASK_LETTER)),
                '*' => pattern.push(if sqlite { '?' } else { '.' }),
                '[' | '?' if sqlite => pattern.extend(['[', place, ']']),
                _ if sqlite || place.is_alphanumeric() || !place.is_ascii() => pattern.push(place),
                ' ' => pattern.push(' '),
                _ => pattern.extend(['\\', place]),
            }
        }
        let sql = column.first().to_owned();
        let text = self.folded(&sql, column.texts, mode);
        let matched = match self.dialect() {
            Dialect::Sqlite => format!("{text} GLOB {}", self.param(Param::Text(pattern))),
            Dialect::Postgres => {
                format!("{text} ~ {}", self.param(Param::Text(format!("^(?:{pattern})$"))))
            }
            Dialect::DuckDb => {
                format!("regexp_full_match({text}, {})", self.param(Param::Text(pattern)))
            }
        };
        let filled = self.not_blank(&sql, column.texts, mode);
        Ok(Part::all([format!("{sql} IS NOT NULL"), matched, filled]))
    }
}
