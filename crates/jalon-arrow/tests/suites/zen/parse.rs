//! From pieces to a tree.

use super::Ast;
use super::scan::{Token, scan};

/// An expression of ZEN.
pub fn zen(text: &str) -> Ast {
    expression(text, &[])
}

/// An expression, in which these names may be of several words.
pub fn expression(text: &str, names: &[&str]) -> Ast {
    Parser::all(text, names, false, Parser::choice)
}

/// Expressions and assignments one after the other.
pub fn program(text: &str) -> Ast {
    Parser::all(text, &[], false, |parser| {
        let mut steps = vec![parser.assignment()];
        while parser.takes(";") {
            steps.push(parser.assignment());
        }
        if steps.len() == 1 { steps.swap_remove(0) } else { Ast::Sequence(steps) }
    })
}

/// A cell of a decision table: what it says of `$`, its value.
pub fn cell(text: &str) -> Ast {
    Parser::all(text, &[], true, |parser| {
        let mut any = Parser::of_cell(parser.choice());
        while parser.takes(",") {
            let next = Parser::of_cell(parser.choice());
            any = binary("or", any, next);
        }
        any
    })
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// Whether a comparison without a left side is one of `$`.
    cell: bool,
}

const COMPARES: &[&str] = &["==", "!=", "<=", ">=", "<", ">"];

impl Parser {
    fn all(text: &str, names: &[&str], cell: bool, read: impl FnOnce(&mut Parser) -> Ast) -> Ast {
        let mut parser = Parser { tokens: scan(text, names), at: 0, cell };
        let ast = read(&mut parser);
        assert!(parser.at == parser.tokens.len(), "{text}: {:?}", &parser.tokens[parser.at..]);
        ast
    }

    fn sign(&self) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    fn word(&self) -> Option<&str> {
        match self.tokens.get(self.at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn takes(&mut self, sign: &str) -> bool {
        let is = self.sign() == Some(sign);
        self.at += usize::from(is);
        is
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is = self.word() == Some(word);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, sign: &str) {
        assert!(self.takes(sign), "{sign} expected at {} of {:?}", self.at, self.tokens);
    }

    /// A value alone in a cell is compared with `$`.
    fn of_cell(ast: Ast) -> Ast {
        let subject = Ast::Name("$".to_owned());
        let tells = matches!(
            &ast,
            Ast::Binary("and" | "or" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in", ..)
                | Ast::Not(_)
        ) || ast.any(&|part| *part == subject);
        match ast {
            _ if tells => ast,
            Ast::Interval(..) => binary("in", subject, ast),
            _ => binary("==", subject, ast),
        }
    }

    fn assignment(&mut self) -> Ast {
        let target = self.choice();
        if self.takes("=") {
            return Ast::Assign(Box::new(target), Box::new(self.choice()));
        }
        target
    }

    fn choice(&mut self) -> Ast {
        let condition = self.either();
        if !self.takes("?") {
            return condition;
        }
        let then = self.choice();
        self.expect(":");
        Ast::Choice(Box::new(condition), Box::new(then), Box::new(self.choice()))
    }

    fn either(&mut self) -> Ast {
        let mut left = self.both();
        while self.takes_word("or") {
            left = binary("or", left, self.both());
        }
        left
    }

    fn both(&mut self) -> Ast {
        let mut left = self.negation();
        while self.takes_word("and") {
            left = binary("and", left, self.negation());
        }
        left
    }

    fn negation(&mut self) -> Ast {
        if self.takes_word("not") {
            return Ast::Not(Box::new(self.negation()));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Ast {
        let compares = |sign: &&'static str| COMPARES.contains(sign);
        if let (true, Some(sign)) = (self.cell, self.sign().filter(compares)) {
            self.at += 1;
            return binary(sign, Ast::Name("$".to_owned()), self.sum());
        }
        let left = self.default();
        if let Some(sign) = self.sign().filter(compares) {
            self.at += 1;
            return binary(sign, left, self.default());
        }
        if self.takes_word("in") {
            return binary("in", left, self.default());
        }
        if self.word() == Some("not") {
            self.at += 1;
            assert!(self.takes_word("in"), "{:?}", self.tokens);
            return Ast::Not(Box::new(binary("in", left, self.default())));
        }
        if self.cell && matches!(left, Ast::Interval(..)) { Self::of_cell(left) } else { left }
    }

    fn default(&mut self) -> Ast {
        let left = self.sum();
        if self.takes("??") { binary("??", left, self.default()) } else { left }
    }

    fn sum(&mut self) -> Ast {
        self.chain(&["+", "-"], Self::product)
    }

    fn product(&mut self) -> Ast {
        self.chain(&["*", "/", "%"], Self::signed)
    }

    fn chain(&mut self, signs: &[&str], operand: fn(&mut Self) -> Ast) -> Ast {
        let mut left = operand(self);
        while let Some(sign) = self.sign().filter(|sign| signs.contains(sign)) {
            self.at += 1;
            left = binary(sign, left, operand(self));
        }
        left
    }

    fn signed(&mut self) -> Ast {
        if self.takes("-") {
            return Ast::Negate(Box::new(self.signed()));
        }
        let base = self.postfix();
        if self.takes("^") || self.takes("**") {
            return binary("^", base, self.signed());
        }
        base
    }

    fn postfix(&mut self) -> Ast {
        let mut base = self.primary();
        loop {
            if self.takes(".") {
                let name = self.word().unwrap().to_owned();
                self.at += 1;
                base = if self.takes("(") {
                    Ast::Method(Box::new(base), name, self.list(")"))
                } else {
                    Ast::Field(Box::new(base), name)
                };
            } else if self.takes("[") {
                base = self.within(base);
            } else {
                return base;
            }
        }
    }

    /// `[0]`, `[2:5]`; behind the bracket.
    fn within(&mut self, base: Ast) -> Ast {
        let base = Box::new(base);
        let from = (self.sign() != Some(":")).then(|| Box::new(self.either()));
        let made = if self.takes(":") {
            let to = (self.sign() != Some("]")).then(|| Box::new(self.either()));
            Ast::Slice(base, from, to)
        } else {
            Ast::Index(base, from.unwrap())
        };
        self.expect("]");
        made
    }

    fn primary(&mut self) -> Ast {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            Some(Token::Number(written)) => Ast::Number(written),
            Some(Token::Text(text)) => Ast::Text(text),
            Some(Token::Template(text)) => template(&text),
            Some(Token::Word(word)) => match word.as_str() {
                "true" => Ast::Bool(true),
                "false" => Ast::Bool(false),
                "null" => Ast::Null,
                _ if self.takes("(") => Ast::Call(word, self.list(")")),
                _ => Ast::Name(word),
            },
            Some(Token::Sign("(")) => {
                let inner = self.alone();
                self.interval(inner, false).unwrap_or_else(|inner| {
                    self.expect(")");
                    inner
                })
            }
            Some(Token::Sign("[")) => {
                if self.takes("]") {
                    return Ast::List(vec![]);
                }
                let first = self.alone();
                self.interval(first, true).unwrap_or_else(|first| {
                    let mut items = vec![first];
                    if self.takes(",") {
                        items.extend(self.list("]"));
                    } else {
                        self.expect("]");
                    }
                    Ast::List(items)
                })
            }
            Some(Token::Sign("{")) => self.object(),
            other => panic!("{other:?} in {:?}", self.tokens),
        }
    }

    /// An expression in brackets: there nothing is said of the cell's value without its name.
    fn alone(&mut self) -> Ast {
        let cell = std::mem::take(&mut self.cell);
        let inner = self.choice();
        self.cell = cell;
        inner
    }

    /// `..b]` behind `[a`; where there is none, what was read.
    fn interval(&mut self, from: Ast, closed: bool) -> Result<Ast, Ast> {
        if !self.takes("..") {
            return Err(from);
        }
        let to = self.sum();
        let ends = self.takes("]");
        if !ends {
            self.expect(")");
        }
        Ok(Ast::Interval(Box::new(from), Box::new(to), closed, ends))
    }

    /// Arguments or items up to a closing sign.
    fn list(&mut self, closing: &str) -> Vec<Ast> {
        let mut items = Vec::new();
        while !self.takes(closing) {
            let mut item = self.alone();
            if self.takes_word("as") {
                let name = self.word().unwrap().to_owned();
                self.at += 1;
                item = Ast::Alias(Box::new(item), name);
            }
            items.push(item);
            if !self.takes(",") {
                self.expect(closing);
                break;
            }
        }
        items
    }

    /// Behind the brace.
    fn object(&mut self) -> Ast {
        let mut fields = Vec::new();
        while !self.takes("}") {
            let key = if self.takes("[") {
                let key = self.alone();
                self.expect("]");
                Ast::Template(vec![key])
            } else {
                let (Token::Word(key) | Token::Text(key)) = self.tokens[self.at].clone() else {
                    panic!("no key in {:?}", self.tokens)
                };
                self.at += 1;
                Ast::Text(key)
            };
            self.expect(":");
            fields.push((key, self.alone()));
            if !self.takes(",") {
                self.expect("}");
                break;
            }
        }
        Ast::Object(fields)
    }
}

fn binary(sign: &'static str, left: Ast, right: Ast) -> Ast {
    Ast::Binary(sign, Box::new(left), Box::new(right))
}

fn template(text: &str) -> Ast {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        if !before.is_empty() {
            parts.push(Ast::Text(before.to_owned()));
        }
        let (inner, behind) = after.split_once('}').unwrap();
        parts.push(zen(inner));
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(Ast::Text(rest.to_owned()));
    }
    Ast::Template(parts)
}
