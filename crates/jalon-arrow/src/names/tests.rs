use super::*;

fn key(names: &[&str]) -> FieldKey {
    FieldKey::named(names.iter().copied())
}

#[test]
fn a_field_is_found_by_any_of_its_names() {
    let columns = ColumnNames::new(["id", "Email", "Téléphone"]);
    assert_eq!(columns.find(&key(&["Adresse e-mail", "Email"])), Found::In(1));
    assert_eq!(columns.find(&key(&["TÉLÉPHONE"])), Found::In(2));
    assert_eq!(columns.find(&key(&["Ville"])), Found::Nowhere);
}

#[test]
fn names_spelled_alike_come_before_folded_ones() {
    let columns = ColumnNames::new(["email", "Email"]);
    assert_eq!(columns.find(&key(&["Email"])), Found::Several(1));
    assert_eq!(columns.all(&key(&["Email"])), [1, 0]);
}

#[test]
fn fields_looked_up_beforehand_are_found_alike() {
    let columns = ColumnNames::new((0..100).map(|n| format!("c{n}")));
    let keys: Vec<FieldKey> = (0..200).map(|n| key(&[&format!("C{n}")])).collect();
    let bound = columns.bind(&keys[..150]);
    for (n, key) in keys.iter().enumerate() {
        let expected = if n < 100 { Found::In(n) } else { Found::Nowhere };
        assert_eq!(bound.find(key), (n < 150).then_some(expected));
    }
    assert_eq!(Bound::default().find(&keys[0]), None);
}

#[test]
fn an_answer_is_never_taken_for_that_of_another_key() {
    let columns = ColumnNames::new(["a", "b"]);
    let mut here = key(&["a"]);
    assert_eq!(columns.find(&here), Found::In(0));
    assert_eq!(columns.find(&here), Found::In(0));
    here = key(&["b"]);
    assert_eq!(columns.find(&here), Found::In(1));
}
