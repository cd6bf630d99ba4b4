//! The rules of each module, compiled together: a test that several share is made once.

mod gather;

use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;
use smallvec::SmallVec;

use crate::blueprint::{Passage, Process, Which};
use crate::checked::blueprint::BlueprintId;
use crate::checked::workflow::{ActionKind, Chaining, Due, RuleId, Stage};
use crate::checked::{CheckedProgram, Domain, Expr, FieldRef, ScoreId};
use crate::desk::{Desk, Desks};
use crate::plan::candidates::Candidates;
use crate::plan::code::Code;
use crate::plan::entry::Plan;
use crate::schema::{Field, FieldType, ModuleId};
use crate::score::runner::Runner;
use crate::value::fold::same_name;
use crate::value::{Clock, Lent, NoClock, Record};
use gather::Gather;

/// What a program does about events.
#[derive(Debug)]
pub(crate) struct Automation {
    /// The declared modules by their id, then those that are only named by rules.
    pub(super) modules: Vec<ModulePlan>,
    pub(super) stages: Vec<Stage>,
    pub(super) chaining: Chaining,
    /// The active blueprints.
    pub(super) processes: Vec<Process>,
    /// The plan of each score, compiled when it is first asked for.
    scores: Vec<OnceLock<Arc<Plan>>>,
}

/// The rules of one module and what stands around them.
#[derive(Debug)]
pub(super) struct ModulePlan {
    pub(super) id: Option<ModuleId>,
    /// As declared, or as rules name it.
    pub(super) name: String,
    /// All conditions, one root each.
    pub(super) desks: Desks,
    /// All expressions.
    pub(super) codes: Vec<Code>,
    /// In source order.
    pub(super) rules: Vec<RulePlan>,
    /// The conditions of the rules: which, and which of its branches.
    conditions: Vec<(usize, usize)>,
    candidates: Candidates,
    /// For each line of each validation of the module: which, its root and its message.
    pub(super) musts: Vec<MustPlan>,
    /// Its schedules.
    pub(super) schedules: Vec<SchedulePlan>,
    /// The transitions of its blueprints that do something.
    pub(super) transitions: Vec<AfterPlan>,
    /// Its approvals.
    pub(super) approvals: Vec<ApprovalPlan>,
    /// The guards of its messages: which, and its root.
    pub(super) guards: Vec<(usize, usize)>,
    /// Its dependent fields, by their index.
    pub(super) dependencies: Vec<usize>,
    /// Whether a rule fires `au passage`, so that the record before is judged too.
    pub(super) needs_before: bool,
    /// The scores whose crossing a rule waits for.
    pub(super) watched: Vec<ScoreId>,
    /// The fields that bear the name of a score.
    score_fields: Vec<(ScoreId, FieldRef)>,
    /// The declared fields that ask something of their value, by their index.
    pub(super) judged: Vec<usize>,
    /// The triggers that arm timers: which of `rules`, and which of its triggers.
    pub(super) timed: Vec<(usize, usize)>,
}

/// Where the conditions and expressions of a rule stand.
#[derive(Debug)]
pub(super) struct RulePlan {
    pub(super) id: RuleId,
    /// Its content.
    pub(super) hash: String,
    /// The root of each trigger that is a criterion.
    pub(super) triggers: Vec<Option<usize>>,
    pub(super) branches: Vec<BranchPlan>,
}

/// Where those of one of its conditions stand.
#[derive(Debug)]
pub(super) struct BranchPlan {
    pub(super) root: usize,
    /// The first expression of each action.
    pub(super) actions: Vec<usize>,
    /// Likewise of the actions on each timer.
    pub(super) later: Vec<Vec<usize>>,
}

/// Where the condition and the expressions of a schedule stand.
#[derive(Debug)]
pub(super) struct SchedulePlan {
    pub(super) schedule: usize,
    pub(super) root: usize,
    /// The first expression of each action.
    pub(super) actions: Vec<usize>,
}

/// Where the expressions of what a transition does stand.
#[derive(Debug)]
pub(super) struct AfterPlan {
    pub(super) blueprint: BlueprintId,
    pub(super) which: Which,
    /// The first expression of each action.
    pub(super) actions: Vec<usize>,
}

/// Where the conditions and the expressions of an approval stand.
#[derive(Debug)]
pub(super) struct ApprovalPlan {
    pub(super) approval: usize,
    /// The content of its levels.
    pub(super) content: String,
    /// The root of each trigger that is a criterion.
    pub(super) triggers: Vec<Option<usize>>,
    pub(super) root: usize,
    /// The root of each level's condition.
    pub(super) levels: Vec<usize>,
    /// The first expression of each action, on submission, approval, refusal and recall.
    pub(super) actions: [Vec<usize>; 4],
    /// The fields of the record that its conditions read.
    pub(super) reads: Vec<FieldRef>,
}

/// One line of a validation.
#[derive(Debug)]
pub(super) struct MustPlan {
    pub(super) validation: usize,
    pub(super) line: usize,
    pub(super) root: usize,
    pub(super) message: Option<usize>,
}

impl Automation {
    /// Compiles the rules of a program.
    pub(crate) fn new(program: &CheckedProgram) -> Automation {
        let mut modules: Vec<ModulePlan> = Vec::new();
        for (index, module) in program.schema.modules.iter().enumerate() {
            let id = Some(ModuleId(index as u32));
            modules.push(Gather::default().module(program, id, None, module.name.clone()));
        }
        let mut open: Vec<Option<&String>> = Vec::new();
        let rules = program.rules.iter().map(|rule| (rule.module, &rule.open_module));
        let validations = program.validations.iter().map(|v| (v.module, &v.open_module));
        let schedules = program.schedules.iter().map(|s| (s.module, &s.open_module));
        let blueprints = program.blueprints.iter().map(|b| (b.module, &b.open_module));
        let approvals = program.approvals.iter().map(|a| (a.module, &a.open_module));
        let all = rules.chain(validations).chain(schedules).chain(blueprints).chain(approvals);
        for (module, name) in all {
            if module.is_none() && !open.contains(&name.as_ref()) {
                open.push(name.as_ref());
            }
        }
        for name in open {
            let label = name.cloned().unwrap_or_default();
            modules.push(Gather::default().module(program, None, name, label));
        }
        let stages = program.pipeline.clone().unwrap_or_else(|| Stage::ALL.to_vec());
        let chaining = program.chaining.unwrap_or(Chaining::Once);
        let scores = program.scores.iter().map(|_| OnceLock::new()).collect();
        let processes = Process::all(program);
        Automation { modules, stages, chaining, processes, scores }
    }

    /// The index of a module: declared, or named by rules (folded), or without a name.
    pub(crate) fn module(&self, id: Option<ModuleId>, open: &str) -> Option<usize> {
        if let Some(id) = id {
            return Some(id.0 as usize).filter(|index| *index < self.modules.len());
        }
        let of = |name: &str| {
            self.modules.iter().position(|module| module.id.is_none() && module.name == name)
        };
        of(open).or_else(|| of(""))
    }

    /// Whether anything is to be done about the records of a module beyond their processes.
    pub(crate) fn concerns(&self, module: usize) -> bool {
        self.modules.get(module).is_some_and(|plan| {
            !plan.rules.is_empty()
                || !plan.musts.is_empty()
                || !plan.judged.is_empty()
                || !plan.dependencies.is_empty()
                || !plan.watched.is_empty()
        })
    }

    /// Whether what a passage makes does nothing but change the record's fields.
    pub(crate) fn does_nothing(&self, module: usize, passage: &Passage<'_, '_>) -> bool {
        let id = passage.process.id;
        passage.made.iter().all(|which| self.after(module, id, *which).is_none())
    }

    /// The name of a module, as declared.
    pub(crate) fn label(&self, module: usize) -> &str {
        self.modules.get(module).map_or("", |plan| &plan.name)
    }

    /// What a transition does, if it does anything.
    pub(super) fn after(&self, module: usize, id: BlueprintId, which: Which) -> Option<&[usize]> {
        let plans = &self.modules.get(module)?.transitions;
        let plan = plans.iter().find(|plan| plan.blueprint == id && plan.which == which)?;
        Some(&plan.actions)
    }

    /// The active blueprints.
    pub(crate) fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// The id and the folded name of a module, as blueprints name theirs.
    pub(crate) fn module_name(&self, module: usize) -> (Option<ModuleId>, &str) {
        self.modules.get(module).map_or((None, ""), |plan| match plan.id {
            Some(id) => (Some(id), ""),
            None => (None, plan.name.as_str()),
        })
    }

    /// The only module that rules name, where none is declared.
    pub(crate) fn only_open(&self) -> Option<usize> {
        (self.modules.len() == 1).then_some(0)
    }

    /// A score of a record.
    pub(super) fn total(
        &self,
        program: &CheckedProgram,
        id: ScoreId,
        record: &dyn Record,
        clock: &Clock,
        strict: bool,
    ) -> Result<Decimal, NoClock> {
        let Some(plan) = self.scores.get(id.0 as usize) else { return Ok(Decimal::ZERO) };
        let plan = plan.get_or_init(|| Arc::new(Plan::of_score(id, program)));
        let mut runner = Runner::new(plan.clone(), clock, strict)?;
        runner.run(&Lent(record));
        Ok(runner.total())
    }
}

impl ModulePlan {
    /// The rules of which a condition holds of the record that was judged, in source order, each
    /// with the first that does; or all rules.
    pub(super) fn holding(&self, desk: &Desk, all: bool) -> SmallVec<[(usize, Option<usize>); 8]> {
        let mut rules = SmallVec::<[(usize, Option<usize>); 8]>::new();
        desk.each_held(&self.candidates, |place| {
            let (rule, branch) = self.conditions[place];
            rules.push((rule, Some(branch)));
        });
        if all {
            rules.extend((0..self.rules.len()).map(|rule| (rule, None)));
        }
        rules.sort_unstable_by_key(|(rule, branch)| (*rule, branch.unwrap_or(usize::MAX)));
        rules.dedup_by_key(|(rule, _)| *rule);
        rules
    }

    /// The field that bears the name of a score.
    pub(super) fn score_field(&self, id: ScoreId) -> Option<&FieldRef> {
        self.score_fields.iter().find(|(score, _)| *score == id).map(|(_, field)| field)
    }
}

/// The number fields of a module that bear the name of a score.
fn score_fields(program: &CheckedProgram, module: Option<ModuleId>) -> Vec<(ScoreId, FieldRef)> {
    let declared = module.and_then(|id| program.schema.module(id));
    let fields = || declared.iter().flat_map(|module| &module.fields);
    let scores = program.scores.iter().enumerate();
    let of = |(index, score): (usize, &crate::checked::Score)| {
        let named = |field: &&Field| {
            matches!(field.ty, FieldType::Number(_))
                && field.key.names.iter().any(|name| same_name(name, &score.name))
        };
        let field = fields().find(named)?;
        let (key, personal) = (field.key.clone(), field.personal);
        let domain = Domain::Number;
        Some((ScoreId(index as u32), FieldRef { depth: 0, key, domain, personal }))
    };
    scores.filter_map(of).collect()
}

/// The declared fields that ask something of their value.
fn judged(program: &CheckedProgram, module: Option<ModuleId>) -> Vec<usize> {
    let declared = module.and_then(|id| program.schema.module(id));
    let fields = declared.iter().flat_map(|module| &module.fields).enumerate();
    fields.filter(|(_, field)| super::validate::asks(field)).map(|(index, _)| index).collect()
}

/// The expressions of an action, in the order in which it is done.
pub(super) fn each_expr<'p>(
    program: &'p CheckedProgram,
    module: Option<ModuleId>,
    action: &'p ActionKind,
    visit: &mut impl FnMut(&'p Expr),
) {
    let due = |due: &'p Due, visit: &mut dyn FnMut(&'p Expr)| {
        if let Due::At(expr) = due {
            visit(expr);
        }
    };
    match action {
        ActionKind::Update(update) => update.values.iter().for_each(visit),
        ActionKind::Task(task) => {
            visit(&task.subject);
            task.due.iter().for_each(|at| due(at, visit));
            task.settings.iter().for_each(|(_, expr)| visit(expr));
        }
        ActionKind::Email(message) | ActionKind::Alert(message) => {
            visit(&message.template);
            message.settings.iter().for_each(|(_, expr)| visit(expr));
        }
        ActionKind::Webhook(id) => {
            let webhook = program.webhooks.get(id.0 as usize);
            if let Some(request) = webhook.and_then(|webhook| webhook.request(module)) {
                visit(&request.url);
                request.headers.iter().for_each(|(_, expr)| visit(expr));
                request.parameters.iter().for_each(|(_, expr)| visit(expr));
                request.body.iter().for_each(|(_, expr)| visit(expr));
            }
        }
        ActionKind::Function { arguments, .. } => arguments.iter().for_each(visit),
        ActionKind::Create { fields, .. } => fields.iter().for_each(|(_, expr)| visit(expr)),
        ActionKind::Meeting(meeting) => {
            visit(&meeting.title);
            due(&meeting.start, visit);
            meeting.settings.iter().for_each(|(_, expr)| visit(expr));
        }
        ActionKind::Score(_)
        | ActionKind::Convert(_)
        | ActionKind::Tag(_)
        | ActionKind::Untag(_)
        | ActionKind::Assign(_)
        | ActionKind::Delete => {}
    }
}
