//! What is remembered of many records, packed, with what is due in order.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::packed::{self, Names};
use super::{RecordKey, RecordState, Timer};
use crate::value::Instant;

/// Records by module and id. A million of them, each with a timer, are usual: each is one piece
/// of bytes, found by hash, and what is due is found by its time.
#[derive(Clone, Default)]
pub(super) struct Records {
    /// Each record's key and what is remembered of it; nothing where the place is free.
    slots: Vec<Box<[u8]>>,
    free: Vec<u32>,
    /// The places in `slots`, by the hash of the key.
    places: HashTable<u32>,
    hasher: RandomState,
    /// When the timers of each place are due.
    due: BTreeSet<(Instant, u32)>,
    names: Names,
}

impl Records {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn get(&self, key: &RecordKey) -> Option<RecordState> {
        if self.places.is_empty() {
            return None;
        }
        let place = *self.places.find(self.hash(&key.module, &key.id), |at| self.is(*at, key))?;
        self.at(place).map(|(_, state)| state)
    }

    /// The keys that a record may have whose module is named somehow.
    pub(super) fn spellings(&self, key: &RecordKey) -> Vec<RecordKey> {
        let modules = self.names.alike(&key.module);
        modules.map(|module| RecordKey { module: module.to_owned(), id: key.id.clone() }).collect()
    }

    /// Remembers this of a record.
    pub(super) fn put(&mut self, key: &RecordKey, state: &RecordState) {
        self.remove(key);
        let bytes = packed::pack(key, state, &mut self.names);
        let place = self.free.pop().unwrap_or(self.slots.len() as u32);
        if let Some(slot) = self.slots.get_mut(place as usize) {
            *slot = bytes;
        } else {
            self.slots.push(bytes);
        }
        self.due.extend(state.timers.iter().map(|timer| (timer.due, place)));
        let Records { slots, places, hasher, names, .. } = self;
        places.insert_unique(hash(hasher, &key.module, &key.id), place, |place| {
            let (module, id) = packed::key(&slots[*place as usize], names).unwrap_or_default();
            hash(hasher, module, id)
        });
    }

    /// Forgets a record.
    pub(super) fn remove(&mut self, key: &RecordKey) {
        if self.places.is_empty() {
            return;
        }
        let hash = self.hash(&key.module, &key.id);
        let Records { slots, places, names, .. } = self;
        let known = places.find_entry(hash, |at| is(&slots[*at as usize], key, names));
        let Ok(known) = known else { return };
        let (place, _) = known.remove();
        let state = self.at(place).map(|(_, state)| state).unwrap_or_default();
        for timer in &state.timers {
            self.due.remove(&(timer.due, place));
        }
        self.slots[place as usize] = Box::default();
        self.free.push(place);
    }

    /// All of them, by module and id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (RecordKey, RecordState)> {
        let key = |place: &u32| packed::key(&self.slots[*place as usize], &self.names);
        let mut places: Vec<u32> = self.places.iter().copied().collect();
        places.sort_by(|a, b| key(a).cmp(&key(b)));
        places.into_iter().filter_map(|place| self.at(place))
    }

    /// The timers due at an instant, the earliest first; equal ones by record.
    pub(super) fn due(&self, now: Instant) -> Vec<(RecordKey, Timer)> {
        let mut due = Vec::new();
        for (at, place) in self.due.range(..=(now, u32::MAX)) {
            let Some((key, state)) = self.at(*place) else { continue };
            let timers = state.timers.into_iter().filter(|timer| timer.due == *at);
            due.extend(timers.map(|timer| (key.clone(), timer)));
        }
        due.sort_by(|a, b| (a.1.due, &a.0, &a.1.id).cmp(&(b.1.due, &b.0, &b.1.id)));
        due
    }

    pub(super) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|(due, _)| *due)
    }

    fn at(&self, place: u32) -> Option<(RecordKey, RecordState)> {
        packed::unpack(&self.slots[place as usize], &self.names)
    }

    fn is(&self, place: u32, key: &RecordKey) -> bool {
        is(&self.slots[place as usize], key, &self.names)
    }

    fn hash(&self, module: &str, id: &str) -> u64 {
        hash(&self.hasher, module, id)
    }
}

fn is(bytes: &[u8], key: &RecordKey, names: &Names) -> bool {
    packed::key(bytes, names) == Some((key.module.as_str(), key.id.as_str()))
}

fn hash(hasher: &RandomState, module: &str, id: &str) -> u64 {
    hasher.hash_one((module, id))
}

impl PartialEq for Records {
    fn eq(&self, other: &Records) -> bool {
        let same = |place: &u32| {
            self.at(*place).is_none_or(|(key, state)| other.get(&key).as_ref() == Some(&state))
        };
        self.len() == other.len() && self.places.iter().all(same)
    }
}

impl fmt::Debug for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Records as a list of entries, since JSON has no keys of two parts.
#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: RecordKey,
    #[serde(flatten)]
    state: RecordState,
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(key, state)| Entry { key, state }))
    }
}

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Records, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Records;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Records, A::Error> {
                let mut records = Records::default();
                while let Some(Entry { key, state }) = list.next_element()? {
                    records.put(&key, &state);
                }
                Ok(records)
            }
        }
        deserializer.deserialize_seq(Entries)
    }
}
