//! The values that a field may have.

use jalon::lexicon::{Op, Period, Relative, TICKED, UNTICKED};
use jalon::schema::{Field, FieldType};
use lsp_types::CompletionItemKind;

use super::items::{Items, Offer, VALUES};
use super::scope::Scope;

/// What may be compared with a field, or written into it where no operator is given.
pub(super) fn values<'a>(
    items: &mut Items<'a>,
    from: usize,
    scope: &Scope<'a>,
    field: Option<&Field>,
    op: Option<Op>,
) {
    let lang = items.lang;
    if matches!(
        op,
        Some(Op::IsEmpty | Op::IsNotEmpty | Op::Changes | Op::Matches | Op::FollowsFormat)
    ) {
        return;
    }
    match field.map(|field| &field.ty) {
        Some(FieldType::Picklist(values) | FieldType::MultiPicklist(values)) => {
            for value in values {
                items.value(from, value, CompletionItemKind::ENUM_MEMBER);
            }
        }
        Some(FieldType::Checkbox) => {
            let nth = lang.pick(0, 1);
            for word in [TICKED.get(nth), UNTICKED.get(nth), Some(&"✓")].into_iter().flatten() {
                items.word(from, word);
            }
        }
        Some(FieldType::Date | FieldType::DateTime) => dates(items, from, op.is_none()),
        _ => {}
    }
    let empties = op.is_none_or(|op| matches!(op, Op::Is | Op::IsNot));
    if empties && !matches!(field.map(|f| &f.ty), Some(FieldType::Checkbox)) {
        let word =
            if op.is_some() { lang.pick("VIDE", "EMPTY") } else { lang.pick("vide", "empty") };
        items.word(from, word);
    }
    constants(items, from);
    own_fields(items, from, scope, field);
}

/// Words for dates.
fn dates(items: &mut Items<'_>, from: usize, written: bool) {
    let lang = items.lang;
    if written {
        items.word(from, lang.pick("maintenant", "now"));
    }
    for (period, ..) in Period::WORDS {
        for offset in [0, -1, 1] {
            // Only a day can be written into a field.
            if !written || *period == Period::Day {
                items.word(from, Relative { period: *period, offset }.word(lang));
            }
        }
    }
}

/// The declared constants, with what they stand for.
fn constants(items: &mut Items<'_>, from: usize) {
    let program = &items.analysis.draft.checked;
    for constant in &program.constants {
        let kind = CompletionItemKind::CONSTANT;
        let text = jalon::syntax::written_value(&constant.name);
        let mut offer = Offer::new(&constant.name, text, kind, VALUES);
        let shown: String = constant.items.join(", ").chars().take(80).collect();
        offer.detail = Some(shown);
        items.add(from, offer);
    }
}

/// The other fields of the record with a like type, with their module's name before them: by
/// itself a name is a constant.
fn own_fields<'a>(items: &mut Items<'a>, from: usize, scope: &Scope<'a>, field: Option<&Field>) {
    let program = &items.analysis.draft.checked;
    let Some(module) = scope.module().and_then(|id| program.schema.module(id)) else { return };
    let Some(field) = field else { return };
    let same = |other: &&Field| {
        std::mem::discriminant(&other.ty) == std::mem::discriminant(&field.ty)
            && other.key.slot != field.key.slot
            && !other.name().contains(['"', '.', ',', '('])
    };
    for other in module.fields.iter().filter(same) {
        let path = format!("{}.{}", module.name, other.name());
        let kind = CompletionItemKind::REFERENCE;
        items.add(from, Offer::new(&path, path.clone(), kind, VALUES + 1));
    }
}
