//! Pictures of blueprints: Mermaid, DOT, and an SVG that stands on its own.
//!
//! A [`Picture`] is drawn from the checked blueprint; [`Figures`], where there are some, are
//! written on it: how many records went where, and how long that took.

mod dot;
mod figures;
mod layout;
mod mermaid;
mod sketch;
mod svg;
mod words;

pub use figures::{Figures, StateFigures, TransitionFigures};

use crate::checked::blueprint::Blueprint;
use crate::lang::Lang;
use sketch::Sketch;

/// A blueprint to be drawn.
///
/// ```
/// use jalon::{Lang, Program};
///
/// let program = Program::parse("
/// parcours \"Vente\" sur Affaires, champ Étape
///   états Qualification, Proposition
///   gagné Gagnée
///   transition \"Proposer\" de Qualification vers Proposition
///   transition \"Conclure\" de Proposition vers Gagnée
/// ")?;
/// let picture = program.picture(None)?;
/// assert!(picture.svg(Lang::Fr).starts_with("<svg "));
/// assert!(picture.mermaid(Lang::Fr).contains("stateDiagram-v2"));
/// assert!(picture.dot(Lang::Fr).starts_with("digraph \"Vente\""));
/// # Ok::<(), jalon::program::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Picture {
    blueprint: Blueprint,
    module: Option<String>,
    figures: Option<Figures>,
}

impl Picture {
    /// Of a blueprint; `module` is the label of what it governs.
    pub(crate) fn new(blueprint: Blueprint, module: Option<String>) -> Picture {
        Picture { blueprint, module, figures: None }
    }

    /// The blueprint's name.
    pub fn name(&self) -> &str {
        &self.blueprint.name
    }

    /// With figures on it, such as those of a replay; figures of what the blueprint does not
    /// have are not drawn.
    #[must_use]
    pub fn with(self, figures: Figures) -> Picture {
        Picture { figures: Some(figures), ..self }
    }

    /// As SVG: no script, nothing from elsewhere, readable on light and on dark.
    pub fn svg(&self, lang: Lang) -> String {
        svg::draw(&self.sketch(lang))
    }

    /// As a Mermaid state diagram.
    pub fn mermaid(&self, lang: Lang) -> String {
        mermaid::write(&self.sketch(lang))
    }

    /// As DOT, the language of Graphviz.
    pub fn dot(&self, lang: Lang) -> String {
        dot::write(&self.sketch(lang))
    }

    fn sketch(&self, lang: Lang) -> Sketch {
        Sketch::of(&self.blueprint, self.module.as_deref(), self.figures.as_ref(), lang)
    }
}
