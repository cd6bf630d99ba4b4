//! Approvals: who must agree before a record goes on.
//!
//! An [`Approval`] is a request for one record: plain data that the host keeps, with the seats of
//! the level at hand, the votes, who handed a vote to whom, and everything that has happened. The
//! calls are pure: a request, the users, a clock and what somebody wants give the request from then
//! on, or all that stands in the way.

mod course;
mod obstacle;
mod report;
mod request;

pub use obstacle::Obstacle;
pub use request::{
    Act, Approval, Approver, Cast, Delegation, Entry, Lapse, Seat, Status, Verdict, Waiting,
};

pub(crate) use course::{Ground, Notice, NoticeKind};
