//! Webhooks: their address and texts, on the records of each module whose rules call them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::scope::Scope;
use crate::check::template::whole;
use crate::check::{Checker, list};
use crate::checked::Expr;
use crate::checked::workflow::{Request, Webhook, WebhookId};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    BAD_HEADER, BODY_NOT_SENT, CALLED_ELSEWHERE, HEADER_TWICE, NOT_AN_ADDRESS, UNCALLED_WEBHOOK,
};
use crate::source::Span;
use crate::syntax::ast::{self, HttpMethod, Item, Name};
use crate::template::Format;

impl Checker<'_> {
    /// Checks a webhook, the `index`th.
    pub(super) fn webhook(&mut self, webhook: &ast::Webhook, index: usize) -> Webhook {
        self.address(&webhook.url);
        self.headers(&webhook.headers);
        if let (HttpMethod::Get, Some((_, body))) = (webhook.method, &webhook.body) {
            self.error(&BODY_NOT_SENT, body.name.span);
        }
        let id = WebhookId(index as u32);
        let calls = self.once.calls.remove(&id).unwrap_or_default();
        let scopes: Vec<Scope> = if let Some(module) = &webhook.module {
            let own = self.scope_on(Some(module), &webhook.name);
            self.called_elsewhere(&own, &calls, module);
            vec![own]
        } else {
            calls
        };
        if scopes.is_empty() {
            let note = Diagnostic::new(&UNCALLED_WEBHOOK, webhook.name.span);
            self.report(note.arg("name", &webhook.name.text));
        }
        let before = self.found.list.len();
        let mut requests = Vec::with_capacity(scopes.len());
        for scope in &scopes {
            let request = self.request(scope, webhook);
            requests.extend(request.map(|request| (scope.module(), request)));
        }
        self.forget_repeated(before);
        Webhook {
            name: webhook.name.text.clone(),
            span: webhook.name.span,
            requests,
            method: webhook.method,
        }
    }

    /// Reports rules of other modules that call a webhook: its fields are not theirs.
    fn called_elsewhere(&mut self, own: &Scope, calls: &[Scope], module: &Name) {
        let others = calls.iter().filter(|scope| scope.on() != own.on());
        let names = others.filter_map(|scope| self.schema.module(scope.module()?));
        let names: Vec<&str> = names.map(|module| module.name.as_str()).collect();
        if !names.is_empty() {
            let error = Diagnostic::new(&CALLED_ELSEWHERE, module.span).arg("name", &module.text);
            self.report(error.arg("known", list(names)));
        }
    }

    /// Drops findings that say the same: a text is checked once for each module.
    fn forget_repeated(&mut self, before: usize) {
        let new = self.found.list.split_off(before.min(self.found.list.len()));
        let mut seen = FxHashSet::default();
        let first = |finding: &Diagnostic| {
            seen.insert((finding.code.id, finding.span.start, finding.args.clone()))
        };
        self.found.list.extend(new.into_iter().filter(first));
    }

    /// The texts of a webhook on a record of a scope; `None` where one has an error.
    fn request(&mut self, scope: &Scope, webhook: &ast::Webhook) -> Option<Request> {
        let url = self.template_in(scope, &webhook.url, Format::Url);
        let mut good = true;
        let mut headers = Vec::with_capacity(webhook.headers.len());
        for (name, value) in &webhook.headers {
            match self.sent(scope, Format::Header, value) {
                Some(value) => headers.push((name.text.clone(), value)),
                None => good = false,
            }
        }
        let mut parameters = Vec::with_capacity(webhook.parameters.len());
        for parameter in &webhook.parameters {
            match self.sent(scope, format(parameter.format), &parameter.value) {
                Some(value) => parameters.push((parameter.name.text.clone(), value)),
                None => good = false,
            }
        }
        let body = match &webhook.body {
            Some((kind, value)) => {
                let value = self.sent(scope, format(*kind), value);
                good &= value.is_some();
                value.map(|value| (*kind, value))
            }
            None => None,
        };
        let url = url?;
        good.then_some(Request { url, headers, parameters, body })
    }

    /// A text that is sent: quoted a template, bare a field or, where none is called so, a text.
    fn sent(&mut self, scope: &Scope, format: Format, item: &Item) -> Option<Expr> {
        let name = &item.name;
        if let Some(expr) = item.expr.as_ref().filter(|_| !name.quoted) {
            return self.expr(scope, expr).map(|value| whole(value, format));
        }
        if !name.quoted
            && !scope.is_dynamic(self)
            && let Some(found) = self.field(scope, name)
        {
            return Some(whole(self.field_expr(found, name.span), format));
        }
        self.template_in(scope, name, format)
    }

    /// Whether an address is one: `http` or `https`, a host, no space outside `${…}`.
    fn address(&mut self, url: &Name) {
        let rest = ["https://", "http://"].into_iter().find_map(|scheme| {
            let head = url.text.get(..scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then(|| &url.text[scheme.len()..])
        });
        let host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
        let whole = host || url.text.starts_with("${");
        if !whole || outside_fields(&url.text).any(char::is_whitespace) {
            let error = Diagnostic::new(&NOT_AN_ADDRESS, url.span);
            self.report(error.arg("name", &url.text));
        }
    }

    /// Whether headers are names of headers, each once.
    fn headers(&mut self, headers: &[(Name, Item)]) {
        let mut seen: FxHashMap<String, Span> = FxHashMap::default();
        for (name, _) in headers {
            let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
            if name.text.is_empty() || !name.text.chars().all(token) {
                let error = Diagnostic::new(&BAD_HEADER, name.span);
                self.report(error.arg("name", &name.text));
            }
            let first = *seen.entry(name.text.to_ascii_lowercase()).or_insert(name.span);
            self.declared_once(&HEADER_TWICE, name.span, first);
        }
    }
}

/// How fields in a text of a webhook are escaped.
fn format(written: ast::Format) -> Format {
    match written {
        ast::Format::Text => Format::Plain,
        ast::Format::Html => Format::Html,
        ast::Format::Xml => Format::Xml,
        ast::Format::Json => Format::Json,
        ast::Format::Url => Format::Url,
    }
}

/// The characters of a text that stand in no `${…}`.
fn outside_fields(text: &str) -> impl Iterator<Item = char> {
    let mut parts = text.split("${");
    let first = parts.next().unwrap_or("");
    let rest = parts.flat_map(|part| part.split_once('}').map_or("", |(_, rest)| rest).chars());
    first.chars().chain(rest)
}
