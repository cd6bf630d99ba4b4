//! Fetching ahead what many look-ups are about to read, so that they wait for memory together
//! and not one after another: of a million rules most texts and numbers are in no cache.

use std::hint::black_box;

use rust_decimal::Decimal;

use super::build::{Batch, Builder, FieldBuild};
use crate::plan::atom::{Atom as PlanAtom, ConstantTest};
use crate::plan::text::LiteralTest;

/// How many atoms are looked ahead at.
pub(super) const AHEAD: usize = 64;

/// Places where texts and numbers may be found: the field, and the number in it.
pub(super) type Places = Vec<(u32, u32)>;

impl Builder {
    /// Fetches what is known of the texts and numbers of some atoms.
    pub(super) fn warm(&self, atoms: &[PlanAtom], batch: &Batch, places: &mut Places) {
        places.clear();
        for atom in atoms {
            let PlanAtom::Constant { source, test, .. } = atom else { continue };
            let Some(field) = batch.known_field(*source) else { continue };
            let FieldBuild { symbols, .. } = &self.fields[field as usize];
            let text = |text: &String| (field, symbols.likely(text.as_bytes()));
            let number = |number: &Decimal| (field, self.fields[field as usize].likely(*number));
            match test {
                ConstantTest::Text(LiteralTest::Equal, texts) => {
                    places.extend(texts.iter().map(text));
                }
                ConstantTest::Number(test) => places.extend(test.terms.iter().map(number)),
                _ => {}
            }
        }
        let mut sum = 0_u32;
        for (field, id) in &*places {
            sum = sum.wrapping_add(self.fields[*field as usize].touch(*id));
        }
        black_box(sum);
    }
}

impl FieldBuild {
    /// Reads what a number stands for.
    fn touch(&self, id: u32) -> u32 {
        match self.constants.get(id as usize) {
            Some(constant) => constant.scale(),
            None => self.symbols.touch(id),
        }
    }
}
