//! `de A, B vers C`, `vers C, sauf depuis D`: every reading of it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::diagnostic::catalogue;
use crate::syntax::ast::{Name, Route, RouteSplit, State, Transition};
use crate::syntax::automation::as_written;
use crate::syntax::keyword::{Case, Words};
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// `de A`
pub(crate) const FROM: &Words = &Words::new(1, &["de", "from"]);
/// `vers C`
pub(crate) const TO: &Words = &Words::new(1, &["vers", "to"]);
/// `depuis A`
pub(crate) const SINCE: &Words = &Words::new(1, &["depuis", "from"]);
/// `sauf depuis D`
pub(crate) const EXCEPT: &Words = &Words::new(1, &["sauf depuis", "except from"]);
/// All of them, which end a name without quotes.
const ALL: &[&str] = &["de", "from", "vers", "to"];

/// The parts of one reading.
#[derive(Clone, Debug, Default)]
struct Parts {
    from: Range<usize>,
    to: Range<usize>,
    except: Range<usize>,
}

/// The first word that a route may begin with.
pub(super) fn first_word(reader: &Reader<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    words(reader, range.clone(), ALL).next()
}

/// Keywords in lower case or in capitals: `Vers` with one capital is a word of a name.
fn words<'a>(
    reader: &Reader<'a>,
    range: Range<usize>,
    phrases: &'static [&'static str],
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let whole = reader.whole();
    scan::phrases(whole, range, phrases).filter(move |word| {
        let text = whole.get(word.clone()).unwrap_or("");
        text == text.to_lowercase() || text == text.to_uppercase()
    })
}

/// Reads the route of a transition; `None` when an error was reported.
pub(super) fn parse(
    reader: &mut Reader<'_>,
    common: bool,
    keyword: &Range<usize>,
    way: Range<usize>,
) -> Option<Route> {
    let from = reader.after(FROM, &way, Case::Any);
    let to = reader.after(TO, &way, Case::Any);
    let readings = match (from, to) {
        (Some(rest), _) if !common => pairs(reader, &rest),
        (_, Some(rest)) if common => clauses(reader, &rest),
        (Some(_), _) => return reader.fail(&catalogue::COMMON_FROM, way),
        (_, Some(_)) => {
            let error = reader.diagnostic(&catalogue::NO_ORIGIN, way);
            let word = reader.text(keyword.clone()).to_owned();
            reader.report(error.arg("keyword", word));
            return None;
        }
        (None, None) => Vec::new(),
    };
    if readings.is_empty() {
        return reader.fail(&catalogue::UNREADABLE_ROUTE, way);
    }
    if readings.len() > Route::MAX_SPLITS {
        return reader.fail(&catalogue::TOO_MANY_ROUTES, way);
    }
    let mut splits: Vec<RouteSplit> = Vec::with_capacity(readings.len());
    for parts in &readings {
        splits.extend(reader.attempt(|reader| split(reader, parts)));
    }
    if splits.is_empty() {
        let first = readings.into_iter().next()?;
        let read = split(reader, &first);
        return if read.is_none() { None } else { reader.fail(&catalogue::UNREADABLE_ROUTE, way) };
    }
    let written = as_written(reader, way);
    let split = splits.remove(0);
    let certain = splits.is_empty();
    Some(Route { span: written.span, text: written.text, split, others: splits, certain })
}

/// Behind `de`: at each `vers`, what stands on both sides of it.
fn pairs(reader: &Reader<'_>, rest: &Range<usize>) -> Vec<Parts> {
    words(reader, rest.clone(), TO)
        .map(|word| Parts {
            from: reader.trim(rest.start..word.start),
            to: reader.trim(word.end..rest.end),
            except: 0..0,
        })
        .filter(|parts| !parts.from.is_empty() && !parts.to.is_empty())
        .collect()
}

/// Behind `vers`: at each `depuis` and `sauf depuis`, and all of it as one state.
fn clauses(reader: &Reader<'_>, rest: &Range<usize>) -> Vec<Parts> {
    let before = |end: usize| {
        let kept = reader.text(rest.start..end).trim_end().trim_end_matches(',').len();
        reader.trim(rest.start..rest.start + kept)
    };
    let excepted: Vec<Range<usize>> = words(reader, rest.clone(), EXCEPT).collect();
    let inside = |word: &Range<usize>| excepted.iter().any(|whole| whole.end == word.end);
    let mut found: Vec<Parts> = words(reader, rest.clone(), SINCE)
        .filter(|word| !inside(word))
        .map(|word| Parts {
            from: reader.trim(word.end..rest.end),
            to: before(word.start),
            except: 0..0,
        })
        .collect();
    found.extend(excepted.iter().map(|word| Parts {
        from: 0..0,
        to: before(word.start),
        except: reader.trim(word.end..rest.end),
    }));
    found.retain(|parts| !(parts.from.is_empty() && parts.except.is_empty()));
    found.push(Parts { from: 0..0, to: rest.clone(), except: 0..0 });
    found.retain(|parts| !parts.to.is_empty());
    found
}

fn split(reader: &mut Reader<'_>, parts: &Parts) -> Option<RouteSplit> {
    let names = |reader: &mut Reader<'_>, range: &Range<usize>| {
        if range.is_empty() { Some(Vec::new()) } else { reader.names(range.clone()) }
    };
    Some(RouteSplit {
        from: names(reader, &parts.from)?,
        to: reader.name(parts.to.clone())?,
        except: names(reader, &parts.except)?,
    })
}

/// Puts first the reading whose names are all states of the blueprint, where there is just one.
pub(super) fn by_states(transitions: &mut [Transition], states: &[State]) {
    let known: FxHashSet<String> = states.iter().map(|state| folded(&state.name)).collect();
    for transition in transitions {
        let Some(route) = &mut transition.route else { continue };
        if route.certain {
            continue;
        }
        let is_state = |split: &RouteSplit| split.names().all(|name| known.contains(&folded(name)));
        let sound = route.splits().enumerate().filter(|(_, split)| is_state(split));
        let sound: Vec<usize> = sound.map(|(at, _)| at).collect();
        let [only] = sound.as_slice() else { continue };
        if *only > 0
            && let Some(chosen) = route.others.get_mut(only - 1)
        {
            std::mem::swap(&mut route.split, chosen);
        }
        route.certain = true;
    }
}

/// As names are compared where no field says how.
fn folded(name: &Name) -> String {
    name.text.to_lowercase()
}
