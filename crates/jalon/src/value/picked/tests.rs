//! A picked record answers as the whole record does.

use proptest::prelude::*;

use super::*;

/// Spellings of the fields `Nom (Last_Name)`, `Pays`, `Compte.Type`, and of none.
const NAMES: [&str; 12] = [
    "Nom",
    "NOM",
    "nom",
    "Last_Name",
    "last_name",
    "Pays",
    "PAYS",
    "Compte.Type",
    "compte.type",
    "Compte",
    "COMPTE",
    "Autre",
];

fn keys() -> Vec<FieldKey> {
    let mut path = FieldKey { slot: 2, shape: 7, ..FieldKey::named(["Compte.Type"]) };
    let reference = FieldKey { slot: 3, shape: 7, ..FieldKey::named(["Compte"]) };
    path.path = Some(Box::new((reference, FieldKey::named(["Type"]))));
    vec![
        FieldKey { slot: 0, shape: 7, ..FieldKey::named(["Nom", "Last_Name"]) },
        FieldKey { slot: 1, shape: 7, ..FieldKey::named(["Pays"]) },
        path,
        // the key of another program, with the numbers of `Pays`
        FieldKey { slot: 1, shape: 7, ..FieldKey::named(["Autre", "NOM"]) },
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        (0_i64..3).prop_map(Value::from),
        "[ab]?".prop_map(Value::from),
        Just(Value::from(vec![("Type".to_owned(), Value::from("client"))])),
        Just(Value::invalid("inf")),
    ]
}

proptest! {
    #[test]
    fn the_same_answers(
        names in proptest::sample::subsequence(&NAMES[..], 0..NAMES.len()).prop_shuffle(),
        values in proptest::collection::vec(proptest::option::weighted(0.8, value()), NAMES.len()),
    ) {
        let keys = keys();
        let wanted = Wanted::new(&keys[1..]);
        let entries = || names.iter().copied().zip(&values);
        let whole: Vec<(String, Value)> = entries()
            .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
            .collect();
        let mut wanted = wanted;
        // a field that is asked for and not wanted is said to be missed, then found
        let layout = wanted.layout(names.iter().copied());
        let cells: Vec<Option<Value>> = Vec::new();
        let picked = Picked::new(&wanted, &layout, &cells[..]);
        prop_assert!(matches!(picked.get(&keys[0]), ValueRef::Absent));
        let missed = picked.missed().unwrap();
        prop_assert_eq!(&missed, &keys[0]);
        wanted.add(&missed);

        let layout = wanted.layout(names.iter().copied());
        let mut cells = Vec::new();
        for ((_, value), read) in entries().zip(layout.reads()) {
            if read.is_some() {
                prop_assert_eq!(*read, Some(cells.len()));
                cells.push(value.clone());
            }
        }
        let picked = Picked::new(&wanted, &layout, &cells[..]);
        for key in &keys {
            prop_assert_eq!(format!("{:?}", picked.get(key)), format!("{:?}", whole.get(key)));
            prop_assert_eq!(picked.conflict(key), whole.conflict(key));
        }
        prop_assert!(picked.missed().is_none());
    }
}
