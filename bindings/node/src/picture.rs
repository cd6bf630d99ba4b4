//! Pictures of blueprints.

use jalon::blueprint::picture::{self as engine, Figures};
use jalon::lang::Lang;
use napi_derive::napi;

use crate::failure::{Failure, guard};
use crate::program::spoken;

/// A blueprint to be drawn.
#[napi]
#[derive(Debug)]
pub struct Picture {
    pub(crate) core: engine::Picture,
    pub(crate) lang: Lang,
}

#[napi]
impl Picture {
    /// The blueprint's name.
    #[napi(getter)]
    pub fn name(&self) -> String {
        self.core.name().to_owned()
    }

    /// As SVG.
    #[napi]
    pub fn svg(&self, lang: Option<String>) -> napi::Result<String> {
        self.drawn(lang, engine::Picture::svg)
    }

    /// As a Mermaid state diagram.
    #[napi]
    pub fn mermaid(&self, lang: Option<String>) -> napi::Result<String> {
        self.drawn(lang, engine::Picture::mermaid)
    }

    /// As DOT.
    #[napi]
    pub fn dot(&self, lang: Option<String>) -> napi::Result<String> {
        self.drawn(lang, engine::Picture::dot)
    }

    /// With figures on it, given as JSON.
    #[allow(clippy::needless_pass_by_value, reason = "napi hands over what it has made")]
    #[napi]
    pub fn with_figures(&self, figures: String) -> napi::Result<Picture> {
        guard(self.lang, || {
            let figures: Figures = serde_json::from_str(&figures)
                .map_err(|error| Failure::Argument(format!("these are no figures: {error}")))?;
            Ok(Picture { core: self.core.clone().with(figures), lang: self.lang })
        })
    }

    fn drawn(
        &self,
        lang: Option<String>,
        draw: fn(&engine::Picture, Lang) -> String,
    ) -> napi::Result<String> {
        guard(self.lang, || Ok(draw(&self.core, spoken(lang, self.lang)?)))
    }
}
