//! The plan of one expression that is evaluated for its value: a text with fields.

use super::block::{Block, Builder, Times};
use super::code::Code;
use crate::checked::Expr;

/// An expression and everything it is run with. It reads no score.
#[derive(Clone, Debug)]
pub(crate) struct ValuePlan {
    /// The dates and date words.
    pub(crate) times: Times,
    /// Its fields, as sources of its only root; the conditions inside it.
    pub(crate) block: Block,
    /// The expression.
    pub(crate) code: Code,
}

impl ValuePlan {
    /// The plan of an expression on one record.
    pub(crate) fn new(expr: &Expr) -> ValuePlan {
        let mut times = Times::default();
        let mut builder = Builder::new(&mut times);
        builder.root(None, &[expr]);
        let code = builder.expr(expr);
        let block = builder.build();
        ValuePlan { times, block, code }
    }

    /// Whether it reads the clock.
    pub(crate) fn reads_clock(&self) -> bool {
        self.times.list.iter().any(|(spec, _)| spec.reads_now())
    }
}
