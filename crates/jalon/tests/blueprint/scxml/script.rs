//! What a chart says in ECMAScript: the part of it that has a counterpart in criteria and formulas.

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    Number(String),
    Text(String),
    Bool(bool),
    /// A variable, by its path: `x`, `_event.data.foo`.
    Var(String),
    /// `+`, `-`, `*`, `/` of two.
    Of(char, Box<Expr>, Box<Expr>),
    /// `===`, `!==`, `<` and so on of two.
    Compare(&'static str, Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    /// `In('a')`: whether a state is active.
    In(String),
    List(Vec<Expr>),
    Object(Vec<(String, Expr)>),
}

/// The statements of a script, where all of them are assignments.
pub fn statements(text: &str) -> Option<Vec<(String, Expr)>> {
    let lines = text.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty());
    lines.map(statement).collect()
}

fn statement(line: &str) -> Option<(String, Expr)> {
    let (name, value) = line.split_once('=')?;
    let value = read(value)?;
    match name.trim_end().strip_suffix(['+', '-', '*', '/']) {
        Some(name) => {
            let sign = line[name.len()..].trim_start().chars().next()?;
            let name = name.trim().to_owned();
            Some((name.clone(), Expr::Of(sign, Box::new(Expr::Var(name)), Box::new(value))))
        }
        None => Some((name.trim().to_owned(), value)),
    }
}

/// An expression read to its end.
pub fn read(text: &str) -> Option<Expr> {
    let mut reader = Reader { rest: text };
    let expr = reader.any()?;
    reader.rest.trim().is_empty().then_some(expr)
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// Takes a sign, if it comes next.
    fn takes(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn any(&mut self) -> Option<Expr> {
        let mut left = self.both()?;
        while self.takes("||") {
            left = Expr::Or(Box::new(left), Box::new(self.both()?));
        }
        Some(left)
    }

    fn both(&mut self) -> Option<Expr> {
        let mut left = self.compared()?;
        while self.takes("&&") {
            left = Expr::And(Box::new(left), Box::new(self.compared()?));
        }
        Some(left)
    }

    fn compared(&mut self) -> Option<Expr> {
        let left = self.sum()?;
        let signs =
            [("===", "="), ("!==", "≠"), ("<=", "<="), (">=", ">="), ("<", "<"), (">", ">")];
        match signs.iter().find(|(sign, _)| self.takes(sign)) {
            Some((_, sign)) => Some(Expr::Compare(sign, Box::new(left), Box::new(self.sum()?))),
            None => Some(left),
        }
    }

    fn sum(&mut self) -> Option<Expr> {
        self.row(&['+', '-'], Reader::product)
    }

    fn product(&mut self) -> Option<Expr> {
        self.row(&['*', '/'], Reader::one)
    }

    fn row(&mut self, signs: &[char], part: fn(&mut Self) -> Option<Expr>) -> Option<Expr> {
        let mut left = part(self)?;
        while let Some(sign) = signs.iter().find(|sign| self.takes(&sign.to_string())) {
            left = Expr::Of(*sign, Box::new(left), Box::new(part(self)?));
        }
        Some(left)
    }

    fn one(&mut self) -> Option<Expr> {
        if self.takes("(") {
            let inner = self.any()?;
            return self.takes(")").then_some(inner);
        }
        if self.takes("!") {
            return Some(Expr::Not(Box::new(self.one()?)));
        }
        if self.takes("-") {
            return match self.one()? {
                Expr::Number(digits) => Some(Expr::Number(format!("-{digits}"))),
                _ => None,
            };
        }
        if self.takes("[") {
            return Some(Expr::List(self.items("]", Reader::any)?));
        }
        if self.takes("{") {
            let pair = |reader: &mut Reader<'t>| {
                let name = reader.word().to_owned();
                reader.takes(":").then_some(())?;
                Some((name, reader.any()?))
            };
            return Some(Expr::Object(self.items("}", pair)?));
        }
        for quote in ["'", "\""] {
            if self.takes(quote) {
                let (text, rest) = self.rest.split_once(quote)?;
                self.rest = rest;
                return Some(Expr::Text(text.to_owned()));
            }
        }
        match self.word() {
            "true" => Some(Expr::Bool(true)),
            "false" => Some(Expr::Bool(false)),
            "" => None,
            "In" => match self.call()?.as_slice() {
                [Expr::Text(state)] => Some(Expr::In(state.clone())),
                _ => None,
            },
            "Math.pow" => match self.call()?.as_slice() {
                [base, Expr::Number(times)] => {
                    let base = || base.clone();
                    let times: usize = times.parse().ok()?;
                    let multiply = |product, _| Expr::Of('*', Box::new(product), Box::new(base()));
                    Some((1..times).fold(base(), multiply))
                }
                _ => None,
            },
            word if word.starts_with(|first: char| first.is_ascii_digit()) => {
                Some(Expr::Number(word.to_owned()))
            }
            word => Some(Expr::Var(word.to_owned())),
        }
    }

    fn call(&mut self) -> Option<Vec<Expr>> {
        self.takes("(").then_some(())?;
        self.items(")", Reader::any)
    }

    fn items<T>(
        &mut self,
        close: &str,
        mut item: impl FnMut(&mut Reader<'t>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut items = Vec::new();
        while !self.takes(close) {
            items.push(item(self)?);
            if !self.takes(",") {
                return self.takes(close).then_some(items);
            }
        }
        Some(items)
    }

    fn word(&mut self) -> &'t str {
        self.rest = self.rest.trim_start();
        let is_part = |one: char| one.is_alphanumeric() || "_.$".contains(one);
        let end = self.rest.find(|one| !is_part(one)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }
}

/// The field that holds a variable, or what came with an event.
pub fn field(path: &str) -> String {
    match path.strip_prefix("_event.data") {
        Some(part) => format!("Donnée {}", part.trim_start_matches('.')).trim_end().to_owned(),
        None => format!("Var {}", path.replace('.', " ")),
    }
}

impl Expr {
    /// As a formula.
    pub fn formula(&self) -> String {
        match self {
            Expr::Number(digits) => digits.replace('.', ","),
            Expr::Text(text) => format!("\"{text}\""),
            Expr::Var(path) => field(path),
            Expr::Of(sign, left, right) => {
                format!("({} {sign} {})", left.formula(), right.formula())
            }
            other => panic!("no formula: {other:?}"),
        }
    }

    /// As a criterion.
    pub fn criterion(&self) -> String {
        match self {
            Expr::Bool(true) => "Garde EST oui".to_owned(),
            Expr::Bool(false) => "Garde EST non".to_owned(),
            Expr::Compare(sign, left, right) => {
                format!("{} {sign} {}", left.formula(), right.formula())
            }
            Expr::Not(one) => format!("NON ({})", one.criterion()),
            Expr::And(one, other) => format!("({} ET {})", one.criterion(), other.criterion()),
            Expr::Or(one, other) => format!("({} OU {})", one.criterion(), other.criterion()),
            other => panic!("no criterion: {other:?}"),
        }
    }
}
