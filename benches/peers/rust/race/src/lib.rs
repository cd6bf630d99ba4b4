//! What all contenders share: the leads, the columns made of them, the rules that grow, the pipeline, and the
//! protocol by which the race talks to a worker.

pub mod columns;
pub mod job;
pub mod leads;
pub mod pipeline;
pub mod rules;
pub mod worker;
