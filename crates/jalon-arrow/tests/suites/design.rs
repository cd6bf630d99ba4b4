//! Where Jalon's answer is another on purpose.

/// A reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Design {
    HalfToEven,
    TickIsNoNumber,
    ErrorIsTold,
    CivilDays,
    TwoValued,
    BlankIsEmpty,
}

impl Design {
    /// A sentence for the page.
    pub fn told(self) -> &'static str {
        match self {
            Design::HalfToEven => {
                "`round` takes a half to the even neighbour, so that sums of many do not drift: 0.5 is 0, \
                 where they say 1"
            }
            Design::TickIsNoNumber => {
                "a tick is no number and a number no tick: where a field holds the other the value is of the \
                 wrong type, and said to be, instead of counting as 1, 0 or a tick"
            }
            Design::ErrorIsTold => {
                "a division by zero is an error that names the rule and leaves the field as it was, not an \
                 empty value"
            }
            Design::CivilDays => {
                "`days between` counts civil days, as people do: from 18:00 to noon of the next day is one, \
                 not none for want of 24 hours"
            }
            Design::BlankIsEmpty => {
                "a text of white space, or of nothing, is empty: so a form sends a field that nobody \
                 filled in"
            }
            Design::TwoValued => {
                "a criterion holds or does not: what is unknown there because a box holds nothing is not \
                 ticked here"
            }
        }
    }
}
