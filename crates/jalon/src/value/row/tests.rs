use super::*;

fn shape() -> (Arc<Shape>, FieldKey, FieldKey) {
    let mut email = FieldKey::named(["Adresse e-mail", "Email"]);
    let mut score = FieldKey::named(["Note"]);
    (email.shape, email.slot) = (7, 0);
    (score.shape, score.slot) = (7, 1);
    (Arc::new(Shape::new(7, [&email, &score])), email, score)
}

#[test]
fn a_field_is_set_by_any_name_and_read_by_slot() {
    let (shape, email, score) = shape();
    let mut row = Row::new(shape);
    row.set("EMAIL", "a@exemple.fr").set("Inconnu", 3);
    assert!(matches!(row.get(&email), ValueRef::Text("a@exemple.fr")));
    assert!(matches!(row.get(&score), ValueRef::Absent));
    assert!(matches!(row.get(&FieldKey::named(["adresse E-mail"])), ValueRef::Text(_)));
    assert!(matches!(row.get(&FieldKey::named(["inconnu"])), ValueRef::Number(_)));
    row.set("Email", None::<&str>).set("Inconnu", "x");
    assert!(matches!(row.get(&email), ValueRef::Empty));
    assert!(matches!(row.get(&FieldKey::named(["Inconnu"])), ValueRef::Text("x")));
    row.clear();
    assert!(matches!(row.get(&email), ValueRef::Absent));
}

#[test]
fn a_strict_row_refuses_unknown_names() {
    let (shape, _, score) = shape();
    let mut row = Row::new(shape);
    assert_eq!(row.set_strict("Notte", 1).err(), Some(UnknownField("Notte".into())));
    assert!(row.set_strict("note", 1).is_ok());
    assert!(matches!(row.get(&score), ValueRef::Number(_)));
    row.set_slot(99, 1);
}

#[test]
fn a_key_of_another_shape_is_read_by_name() {
    let (shape, email, _) = shape();
    let row = Row::new(shape).with("Email", "a");
    let elsewhere = FieldKey { shape: 8, slot: 1, ..email };
    assert!(matches!(row.get(&elsewhere), ValueRef::Text("a")));
    assert!(matches!(Row::default().with("EMAIL", "b").get(&elsewhere), ValueRef::Text("b")));
    let beyond = FieldKey { shape: 7, slot: 12, names: vec![], folded: vec![], path: None };
    assert!(matches!(row.get(&beyond), ValueRef::Absent));
}

#[test]
fn names_without_a_slot_may_conflict() {
    let key = FieldKey::named(["Email"]);
    let row = Row::default().with("Email", "a").with("EMAIL", "b");
    assert_eq!(
        row.conflict(&key),
        Some(Conflict { keys: ("Email".to_owned(), "EMAIL".to_owned()) })
    );
    assert_eq!(Row::default().with("Email", "a").with("EMAIL", "a").conflict(&key), None);
}

#[test]
fn two_names_of_one_slot_may_conflict() {
    let (shape, email, score) = shape();
    let mut row = Row::new(shape);
    row.set("email", "a").set("Email", "b").set("Adresse e-mail", "b");
    assert_eq!(row.conflict(&email), None);
    row.set("Email", "c");
    let keys = ("Adresse e-mail".to_owned(), "Email".to_owned());
    assert_eq!(row.conflict(&email), Some(Conflict { keys }));
    assert_eq!(row.conflict(&score), None);
    row.clear();
    assert_eq!(row.conflict(&email), None);
}

#[test]
fn maps_and_pairs_are_records() {
    let pairs = vec![("Nom".to_owned(), Value::from("Ferrand"))];
    let key = FieldKey::named(["NOM"]);
    let sorted: BTreeMap<_, _> = pairs.iter().cloned().collect();
    let hashed: HashMap<_, _> = pairs.iter().cloned().collect();
    for record in [&pairs as &dyn Record, &sorted, &hashed] {
        assert!(matches!(record.get(&key), ValueRef::Text("Ferrand")));
        assert_eq!(record.conflict(&key), None);
    }
    let mut path = FieldKey::named(["Compte.Nom"]);
    path.path = Some(Box::new((FieldKey::named(["Compte"]), key)));
    let row = Row::default().with("Compte", pairs);
    assert!(matches!(row.get(&path), ValueRef::Text("Ferrand")));
}
