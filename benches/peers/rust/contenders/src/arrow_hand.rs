//! The score written by hand as a loop over Arrow columns.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type};
use arrow_array::{
    Array, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int64Array, RecordBatch,
    StringArray,
};

use crate::hand::{self, Folding, NUMBERED, View};

/// A column of texts.
trait Texts {
    fn of(batch: &RecordBatch, name: &str) -> Self;
    fn at(&self, row: usize) -> Option<&str>;
}

impl Texts for StringArray {
    fn of(batch: &RecordBatch, name: &str) -> StringArray {
        batch.column_by_name(name).unwrap().as_string().clone()
    }

    #[inline(always)]
    fn at(&self, row: usize) -> Option<&str> {
        self.is_valid(row).then(|| self.value(row))
    }
}

/// Codes, and the texts that they stand for.
struct Coded {
    codes: DictionaryArray<Int32Type>,
    texts: StringArray,
}

impl Texts for Coded {
    fn of(batch: &RecordBatch, name: &str) -> Coded {
        let codes = batch.column_by_name(name).unwrap().as_dictionary::<Int32Type>().clone();
        let texts = codes.values().as_string().clone();
        Coded { codes, texts }
    }

    #[inline(always)]
    fn at(&self, row: usize) -> Option<&str> {
        let keys = self.codes.keys();
        keys.is_valid(row).then(|| self.texts.value(keys.value(row) as usize))
    }
}

/// The columns that the score reads; `T` those that may come as codes.
struct Columns<T> {
    email: StringArray,
    first_page: StringArray,
    phone: StringArray,
    mobile: StringArray,
    status: T,
    industry: T,
    title: T,
    country: T,
    postcode: T,
    opt_out: BooleanArray,
    created: Date32Array,
    amount: Float64Array,
}

impl<T: Texts> Columns<T> {
    fn of(batch: &RecordBatch) -> Columns<T> {
        let column = |name| batch.column_by_name(name).unwrap();
        Columns {
            email: StringArray::of(batch, "email"),
            first_page: StringArray::of(batch, "first_page"),
            phone: StringArray::of(batch, "phone"),
            mobile: StringArray::of(batch, "mobile"),
            status: T::of(batch, "status"),
            industry: T::of(batch, "industry"),
            title: T::of(batch, "title"),
            country: T::of(batch, "country"),
            postcode: T::of(batch, "postcode"),
            opt_out: column("opt_out").as_boolean().clone(),
            created: column("created").as_primitive::<Date32Type>().clone(),
            amount: column("amount").as_primitive::<Float64Type>().clone(),
        }
    }

    #[inline(always)]
    fn at(&self, row: usize) -> View<'_, i32> {
        View {
            email: self.email.at(row),
            first_page: self.first_page.at(row),
            status: self.status.at(row),
            industry: self.industry.at(row),
            title: self.title.at(row),
            opt_out: self.opt_out.is_valid(row).then(|| self.opt_out.value(row)),
            last_name: None,
            phone: self.phone.at(row),
            mobile: self.mobile.at(row),
            country: self.country.at(row),
            postcode: self.postcode.at(row),
            created: self.created.is_valid(row).then(|| self.created.value(row)),
            next_push: None,
            amount: self.amount.is_valid(row).then(|| self.amount.value(row)),
        }
    }

    fn scores<const FOLD: bool>(&self, rows: usize) -> Vec<i64> {
        let mut buffers = Folding::default();
        (0..rows)
            .map(|row| {
                let lead = self.at(row);
                if FOLD {
                    hand::score::<true, _>(&buffers.fold(&lead), &NUMBERED)
                } else {
                    hand::score::<false, _>(&lead, &NUMBERED)
                }
            })
            .collect()
    }
}

/// The scores of a batch, its rows shared out among threads.
pub fn scores<const FOLD: bool>(batch: &RecordBatch, codes: bool, threads: usize) -> Int64Array {
    let rows = batch.num_rows();
    let share = rows.div_ceil(threads).max(1);
    let part = |start: usize| {
        let part = batch.slice(start, share.min(rows - start));
        if codes {
            Columns::<Coded>::of(&part).scores::<FOLD>(part.num_rows())
        } else {
            Columns::<StringArray>::of(&part).scores::<FOLD>(part.num_rows())
        }
    };
    if threads == 1 {
        return part(0).into();
    }
    let starts: Vec<usize> = (0..rows).step_by(share).collect();
    let parts: Vec<Vec<i64>> = std::thread::scope(|scope| {
        let running: Vec<_> = starts.iter().map(|start| scope.spawn(|| part(*start))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    parts.concat().into()
}
