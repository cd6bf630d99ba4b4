//! Why a case of theirs cannot be said in Jalon.

/// A reason, and of which construct.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outside {
    pub why: Why,
    /// The function, the operator.
    pub of: String,
}

/// The reasons, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Function,
    Operator,
    List,
    Object,
    Place,
    DateText,
    TypeAsked,
    Chance,
    Coerced,
    Arguments,
    Raised,
}

impl Why {
    /// A sentence for the page.
    pub fn told(self) -> &'static str {
        match self {
            Why::Function => "a function that the language does not have",
            Why::Operator => "an operator that the language does not have",
            Why::List => {
                "a list as the result: lists of a record are tested, counted, added up and compared, \
                 never made"
            }
            Why::Object => {
                "an object as a value: a record is given, its fields are written one by one"
            }
            Why::Place => "an item by its place, or a part from within a text",
            Why::DateText => "a date in a form that the expression asks for, or the name of a zone",
            Why::TypeAsked => "the type of a value: modules declare it, nothing asks for it",
            Why::Coerced => {
                "a value of another type, or none, that is made into a number, a text or a test there"
            }
            Why::Arguments => "an operation with too few arguments, or without its last branch",
            Why::Raised => {
                "an error that their rule raises; in Jalon a mistake is found before it runs"
            }
            Why::Chance => "chance: the same record gives the same answer every time",
        }
    }

    pub fn of(self, of: &str) -> Outside {
        Outside { why: self, of: of.to_owned() }
    }
}

impl From<Why> for Outside {
    fn from(why: Why) -> Outside {
        why.of("")
    }
}
