//! The native side of the npm package `jalon`: converts arguments, calls the engine, converts
//! back. Options, classes and errors for users are in the package's JavaScript files.

mod batch;
mod blueprint;
mod columns;
mod criterion;
mod desk;
mod diff;
mod failure;
mod format;
mod forms;
mod ipc;
mod js;
mod migration;
mod moment;
mod packed;
mod picture;
mod program;
mod reading;
mod reasons;
mod record;
mod rehearsal;
mod replay;
mod score;
mod simulation;
mod sql;
mod state;
mod template;
mod users;
mod workflow;
