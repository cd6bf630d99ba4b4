use std::path::Path;

use proptest::prelude::*;
use roxmltree::Node;

use super::{Error, Program};
use crate::blueprint::picture::{Figures, Picture, StateFigures, TransitionFigures};
use crate::checked::blueprint::{
    Blueprint, Deadline, Owner, State, StateId, StateRole, Transition, TransitionKind,
};
use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::source::Span;

/// The deal process of the tables.
const DEALS: &str = include_str!("../../check/tests/deals.jalon");

const SMALL: &str = r#"
parcours "Mise en route" sur Comptes, champ Statut, continu
  états Signé, Contrôles
  final En service
  délai Contrôles, 1 semaine
  transition parallèle "Tout contrôler" de Signé vers Contrôles
    enfant "Juridique"
      avant
        propriétaires groupe "Équipe juridique"
    enfant "Crédit"
  transition automatique "Ouvrir" de Contrôles vers En service après 2 jours ouvrés
  transition "Recommencer" de Contrôles vers Signé
    avant
      si Motif N'EST PAS VIDE
  transition "Noter" de Contrôles vers Contrôles
"#;

fn small() -> Picture {
    Program::parse(SMALL).unwrap().picture(None).unwrap()
}

fn deals() -> Picture {
    Program::parse(DEALS).unwrap().picture(Some("parcours affaire")).unwrap()
}

fn figures() -> Figures {
    let state = |count, median_seconds| StateFigures { count, median_seconds };
    let states = [("Signé", state(1_204, Some(270_000))), ("Contrôles", state(12, None))];
    let made = |count, refused| TransitionFigures { count, refused, ..Default::default() };
    let transitions = [("Tout contrôler", made(1_200, 3)), ("Inconnue", made(1, 1))];
    Figures {
        states: states.map(|(name, of)| (name.to_owned(), of)).into(),
        transitions: transitions.map(|(name, of)| (name.to_owned(), of)).into(),
    }
}

#[test]
fn pictures_in_three_formats() {
    insta::assert_snapshot!("small_mermaid", small().mermaid(Lang::Fr));
    insta::assert_snapshot!("small_dot", small().dot(Lang::En));
    insta::assert_snapshot!("small_svg", small().svg(Lang::Fr));
    insta::assert_snapshot!("deals_mermaid", deals().mermaid(Lang::Fr));
    insta::assert_snapshot!("deals_dot", deals().dot(Lang::Fr));
    insta::assert_snapshot!("deals_svg", deals().svg(Lang::En));
}

/// Deals as a log would count them: thick lines where many went, totals on common transitions.
#[test]
fn a_picture_with_figures() {
    let picture = deals();
    let made = |(index, name): (usize, &str)| {
        let (count, refused) = (3 * 10_u64.pow(index as u32 % 4), index as u64 % 3);
        (name.to_owned(), TransitionFigures { count, refused, ..Default::default() })
    };
    let program = Program::parse(DEALS).unwrap();
    let blueprint = &program.checked().blueprints[0];
    let transitions = blueprint.transitions.iter().map(|one| one.name.as_str()).enumerate();
    let figures = Figures { transitions: transitions.map(made).collect(), ..Default::default() };
    insta::assert_snapshot!("figures_svg", picture.with(figures).svg(Lang::Fr));
}

/// So many ways that the states stand in rows.
#[test]
fn a_picture_of_a_crowd() {
    let ways =
        (0..12).flat_map(|to| (0..12).map(move |from| (to, vec![from], TransitionKind::Single)));
    let common = (3..5).map(|to| (to, (0..12).collect(), TransitionKind::Common));
    let names = (0..12).map(|n| format!("État {n}")).collect();
    let svg = Picture::new(process(names, ways.chain(common).collect()), None).svg(Lang::Fr);
    // What stands where; the words are those of other pictures.
    let document = roxmltree::Document::parse(&svg).unwrap();
    let drawn = document.descendants().filter_map(|node| {
        let lines = node.attribute("d").map(str::to_owned);
        lines.or_else(|| node.attribute("transform").map(str::to_owned))
    });
    insta::assert_snapshot!("crowd", drawn.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_picture_in_the_documentation_is_the_one_that_is_drawn() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pictures/deals.svg");
    let shown = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(shown, deals().svg(Lang::Fr), "draw check/tests/deals.jalon to {}", path.display());
}

#[test]
fn figures_are_written_on_it() {
    let picture = small().with(figures());
    for drawn in [picture.svg(Lang::Fr), picture.mermaid(Lang::Fr), picture.dot(Lang::Fr)] {
        assert!(drawn.contains("1\u{a0}204 · 3,1\u{a0}j"), "{drawn}");
        assert!(drawn.contains("1\u{a0}200\u{a0}×"), "{drawn}");
        assert!(drawn.contains("3 refusés") && !drawn.contains("Inconnue"), "{drawn}");
    }
    assert!(picture.svg(Lang::En).contains("3 refused"));
    let text = serde_json::to_string(&figures()).unwrap();
    assert_eq!(serde_json::from_str::<Figures>(&text).unwrap(), figures());
}

#[test]
fn lengths_of_time_are_rounded() {
    let drawn = |seconds| {
        let signed = StateFigures { count: 1, median_seconds: Some(seconds) };
        let figures =
            Figures { states: [("Signé".to_owned(), signed)].into(), ..Default::default() };
        small().with(figures).dot(Lang::En)
    };
    for (seconds, told) in [
        (59, "59\u{a0}s"),
        (60, "1\u{a0}min"),
        (3_599, "60\u{a0}min"),
        (6_000, "1.7\u{a0}h"),
        (71_760, "20\u{a0}h"),
        (7_199, "2\u{a0}h"),
    ] {
        assert!(drawn(seconds).contains(told), "{}", drawn(seconds));
    }
}

#[test]
fn a_picture_is_found_by_name() {
    let program = Program::parse(&format!("{SMALL}{}", SMALL.replace("Mise", "Remise"))).unwrap();
    let names: Vec<_> = program.blueprints().collect();
    assert_eq!(names, ["Mise en route", "Remise en route"]);
    let error = |name| match program.picture(name) {
        Err(error @ (Error::Unknown { .. } | Error::Ambiguous { .. })) => error.message(Lang::Fr),
        other => format!("{other:?}"),
    };
    assert_eq!(
        error(Some("Mis en route")),
        "parcours inconnu `Mis en route` ; vouliez-vous dire `Mise en route` ?"
    );
    let several = "il y a plusieurs parcours ; dites lequel : `Mise en route`, `Remise en route`";
    assert_eq!(error(None), several);
}

#[test]
fn labels_are_those_of_the_language() {
    assert!(deals().svg(Lang::En).contains(">Qualified<"));
    assert!(deals().svg(Lang::Fr).contains(">Qualification<"));
    assert!(deals().svg(Lang::En).contains("from anywhere but Qualified"));
}

#[test]
fn a_picture_needs_nothing_from_elsewhere() {
    let svg = deals().svg(Lang::Fr);
    let rest = svg.replacen("http://www.w3.org/2000/svg", "", 1);
    for word in ["http", "<script", "href", "url(", "@import", "<image"] {
        assert!(!rest.contains(word), "{word}");
    }
    assert_eq!(svg, deals().svg(Lang::Fr));
    assert!(svg.contains("prefers-color-scheme:dark"));
}

/// A process of states in a row, with ways to chosen states.
fn process(names: Vec<String>, ways: Vec<(usize, Vec<usize>, TransitionKind)>) -> Blueprint {
    let count = names.len();
    let role = |index: usize| match index {
        index if index + 1 < count || count == 1 => StateRole::Open,
        index if index % 2 == 0 => StateRole::Won,
        _ => StateRole::Lost,
    };
    let deadline = || Deadline {
        span: Span::default(),
        after: (3, Unit::BusinessDay),
        calendar: None,
        reminders: Vec::new(),
        escalations: Vec::new(),
    };
    let state = |(index, name)| State {
        name,
        span: Span::default(),
        role: role(index),
        is_default: index == 0,
        probability: (index % 3 == 0).then(|| 30.into()),
        labels: Vec::new(),
        deadline: (index % 4 == 1).then(deadline),
    };
    let states: Vec<State> = names.into_iter().enumerate().map(state).collect();
    let way = |(index, (to, from, kind)): (usize, (usize, Vec<usize>, _))| {
        let mut from: Vec<StateId> = from.iter().map(|id| StateId((id % count) as u32)).collect();
        from.dedup();
        Transition {
            name: format!("{} <{index}>", states[to % count].name),
            span: Span::default(),
            kind,
            from,
            to: StateId((to % count) as u32),
            owners: if index % 3 == 0 { vec![Owner::Role("R & D".into())] } else { Vec::new() },
            condition: None,
            messages: Vec::new(),
            required: Vec::new(),
            optional: Vec::new(),
            musts: Vec::new(),
            extras: Vec::new(),
            after: Vec::new(),
            children: Vec::new(),
        }
    };
    let transitions = ways.into_iter().enumerate().map(way).collect();
    let program = Program::parse(SMALL).unwrap();
    let sample = program.checked().blueprints[0].clone();
    Blueprint { states, transitions, ..sample }
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|it| it.parse().ok()).unwrap_or(0.0)
}

/// Left, top, right and bottom of every box and label, as they stand in the picture.
fn boxes(svg: &roxmltree::Document<'_>) -> Vec<[f64; 4]> {
    let rects = svg.descendants().filter(|node| node.attribute("class") == Some("x"));
    let graph = rects.filter(|node| !node.ancestors().any(|it| it.attribute("class") == Some("q")));
    graph
        .map(|rect| {
            let moved = rect.ancestors().find_map(|it| it.attribute("transform")).unwrap();
            let moved = moved.trim_start_matches("translate(").trim_end_matches(')');
            let (dx, dy) = moved.split_once(' ').unwrap();
            let x = number(rect, "x") + dx.parse::<f64>().unwrap();
            let y = number(rect, "y") + dy.parse::<f64>().unwrap();
            [x, y, x + number(rect, "width"), y + number(rect, "height")]
        })
        .collect()
}

fn sound(blueprint: Blueprint) -> Result<(), TestCaseError> {
    let states = blueprint.states.len();
    let svg = Picture::new(blueprint, None).svg(Lang::Fr);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let boxes = boxes(&document);
    prop_assert!(boxes.len() >= states);
    let (width, height) =
        (number(document.root_element(), "width"), number(document.root_element(), "height"));
    for (index, a) in boxes.iter().enumerate() {
        prop_assert!(a[0] >= 0.0 && a[1] >= 0.0 && a[2] <= width && a[3] <= height, "{:?}", a);
        for b in &boxes[index + 1..] {
            // Coordinates are written to a tenth.
            let apart = a[2] <= b[0] + 0.2
                || b[2] <= a[0] + 0.2
                || a[3] <= b[1] + 0.2
                || b[3] <= a[1] + 0.2;
            prop_assert!(apart, "{:?} {:?}", a, b);
        }
    }
    Ok(())
}

fn kinds() -> impl Strategy<Value = TransitionKind> {
    prop_oneof![
        4 => Just(TransitionKind::Single),
        1 => Just(TransitionKind::Common),
        1 => Just(TransitionKind::Automatic(2, Unit::Month)),
        1 => Just(TransitionKind::Parallel),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn boxes_of_any_blueprint_stand_apart(
        names in prop::collection::vec("\\PC{0,40}", 1..14),
        ways in prop::collection::vec((0..40_usize, prop::collection::vec(0..40_usize, 1..8), kinds()), 0..60),
    ) {
        sound(process(names, ways))?;
    }
}

#[test]
fn a_large_blueprint_is_drawn_too() {
    let names = |count: usize| (0..count).map(|n| format!("État {n}")).collect::<Vec<_>>();
    let single = TransitionKind::Single;
    let chain = (1..200).map(|to| (to, vec![to - 1], single));
    let back = (0..60).map(|n| (n, vec![199 - n], single));
    sound(process(names(200), chain.clone().collect())).unwrap();
    sound(process(names(200), chain.chain(back).collect())).unwrap();
    let all = (0..200).flat_map(|to| (0..200).step_by(3).map(move |from| (to, vec![from], single)));
    sound(process(names(200), all.collect())).unwrap();
    sound(process(names(200), Vec::new())).unwrap();
}
