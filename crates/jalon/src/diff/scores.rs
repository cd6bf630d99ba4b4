//! Scores: lines, groups, limits, stars, labels.

use super::node::{Node, Voice, said};
use super::rules::Parts;
use super::{Part, Said};
use crate::checked::{Line, Score};
use crate::lang::Lang;

pub(super) fn scores(voice: &Voice<'_>) -> Vec<Node> {
    voice.program.scores.iter().map(|score| node(score, voice)).collect()
}

fn node(score: &Score, voice: &Voice<'_>) -> Node {
    let speech = |lang| voice.speech(lang);
    let single = |part: Part, text: Said| Node::new(part, text).keys(vec![String::new()]);
    let module = score.module.and_then(|id| voice.program.schema.module(id));
    let module = module.map(|module| module.name.clone());
    let mut children: Vec<Node> = Vec::new();
    children.extend(module.as_ref().map(|name| single(Part::Of, said(|_| name.clone()))));
    children.extend(score.lines.iter().map(|of| line(of, score, voice)));
    children.extend(score.groups.iter().map(|group| {
        let text = said(|lang| speech(lang).group(&group.name, group.limits));
        let limits = group
            .limits
            .map(|limits| single(Part::Limits, said(|lang| speech(lang).limits(limits))));
        Node::named(Part::Group, &group.name, text, limits.into_iter().collect())
    }));
    children.extend(
        score.limits.map(|limits| single(Part::Limits, said(|lang| speech(lang).limits(limits)))),
    );
    let both = |text: &dyn Fn(Lang) -> Option<String>| {
        Some(Said { fr: text(Lang::Fr)?, en: text(Lang::En)? })
    };
    let stars = both(&|lang| speech(lang).stars(score));
    children.extend(stars.map(|text| single(Part::Stars, text)));
    let labels = both(&|lang| speech(lang).labels(score));
    children.extend(labels.map(|text| single(Part::Labels, text)));
    let text = said(|lang| speech(lang).score(score));
    Node { module, ..Node::named(Part::Score, &score.name, text, children) }
}

/// A line, known again by what it asks for, then by its points.
fn line(line: &Line, score: &Score, voice: &Voice<'_>) -> Node {
    let speech = |lang| voice.speech(lang);
    let single = |part: Part, text: Said| Node::new(part, text).keys(vec![String::new()]);
    let group = line.group.and_then(|group| score.groups.get(group as usize));
    let group = group.map(|group| group.name.clone()).unwrap_or_default();
    let points = said(|lang| speech(lang).line_points(line));
    let mut children = vec![single(Part::Points, points.clone())];
    let events = line.events.as_ref();
    let events = events.map(|of| said(|lang| speech(lang).events(of).trim_start().to_owned()));
    let kind = line.events.as_ref().map(|events| events.id.clone()).unwrap_or_default();
    children.extend(events.clone().map(|text| single(Part::Events, text)));
    children.extend(line.cap.map(|cap| {
        let text = said(|lang| {
            crate::score::sentence::points(cap, lang) + lang.pick(" au plus", " at most")
        });
        single(Part::Cap, text)
    }));
    if !group.is_empty() {
        children.push(single(Part::Group, said(|_| group.clone())));
    }
    let condition = line.condition.as_ref().map(|condition| {
        let inside = |lang| speech(lang).of_line(line);
        Parts::speaking(inside(Lang::Fr), inside(Lang::En)).criterion(condition)
    });
    let asked = condition.as_ref().map(Node::full).unwrap_or_default();
    children.extend(condition);
    let text = said(|lang| {
        let text = speech(lang).line_text(line);
        match group.as_str() {
            "" => text,
            group => format!("{} {group} · {text}", lang.pick("groupe", "group")),
        }
    });
    let mut node = Node::new(Part::Line, text);
    node.content.clear();
    node.children = children;
    let events = events.map(|events| events.fr).unwrap_or_default();
    node.keys(vec![
        format!("{asked}\u{1}{events}\u{1}{group}"),
        format!("{asked}\u{1}{kind}\u{1}{}", u8::from(asked.is_empty() && kind.is_empty())),
        format!("{}\u{1}{kind}\u{1}{group}", points.fr),
    ])
}
