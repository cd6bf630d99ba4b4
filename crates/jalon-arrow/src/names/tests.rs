use super::*;

fn key(slot: u32, names: &[&str]) -> FieldKey {
    FieldKey {
        shape: 0,
        slot,
        names: names.iter().map(|&name| name.to_owned()).collect(),
        folded: names.iter().map(|name| fold_name(name)).collect(),
        path: None,
    }
}

#[test]
fn a_field_is_found_by_any_of_its_names() {
    let columns = ColumnNames::new(["id", "Email", "Téléphone"]);
    assert_eq!(columns.find(&key(0, &["Adresse e-mail", "Email"])), Found::In(1));
    assert_eq!(columns.find(&key(1, &["TÉLÉPHONE"])), Found::In(2));
    assert_eq!(columns.find(&key(2, &["Ville"])), Found::Nowhere);
}

#[test]
fn names_spelled_alike_come_before_folded_ones() {
    let columns = ColumnNames::new(["email", "Email"]);
    assert_eq!(columns.find(&key(0, &["Email"])), Found::Several(1));
    assert_eq!(columns.all(&key(0, &["Email"])), [1, 0]);
}

#[test]
fn one_slot_of_two_programs_is_two_fields() {
    let columns = ColumnNames::new(["a", "b"]);
    for _ in 0..2 {
        assert_eq!(columns.find(&key(7, &["a"])), Found::In(0));
        assert_eq!(columns.find(&key(7, &["b"])), Found::In(1));
    }
}

#[test]
fn slots_and_shapes_of_any_size_are_found() {
    let columns = ColumnNames::new(["a"]);
    let wide = FieldKey { shape: u32::MAX, ..key(u32::MAX, &["A"]) };
    assert_eq!(columns.find(&wide), Found::In(0));
    assert_eq!(columns.find(&wide), Found::In(0));
}
