//! Two offices edited one list: both edits joined, and what clashes kept as data until it is decided.
//!
//! [`MergedCatalogue::of`] joins three lists of one kind, whichever that is. What both sides say of one value is a clash:
//! a row of [`conflicts`](MergedCatalogue::conflicts), and the list has the base's value there. People decide by
//! [`Resolution`]s, policies by [`Policy`]; in part or wholly, now or after the list was stored with its clashes and read again.
//! Who is who on each side ([`Identity`]) comes from ids, from [`matching`], and before both from decisions.
//!
//! ```
//! use qingdan::codes::Pick;
//! use qingdan::merge::{Identity, MergedCatalogue, Resolution};
//! use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
//! let list = |name: &str| -> AnyCatalogue {
//!     let items = SharedList::of([LicensingItem::new("000117001000", name)]).unwrap();
//!     Catalogue::new(Default::default(), items).into()
//! };
//! let (base, ours, theirs) = (list("林木采伐许可"), list("林木采伐许可证核发"), list("林木采伐审批"));
//! let merged = MergedCatalogue::of(&base, &ours, &theirs, &Identity::default());
//! assert_eq!(merged.conflicts()[0].field, "name");
//! let (merged, problems) = merged.resolve(&[Resolution::new("000117001000", "name", Pick::Ours)]);
//! assert!(problems.is_empty());
//! assert_eq!(merged.finish().unwrap(), ours);
//! ```

mod doubts;
mod lists;
mod resolution;
mod rows;

pub use doubts::doubts;
pub use lists::MergedPortfolio;
pub use resolution::{Policy, Resolution, ResolutionClash, ResolutionDelta, Take};
pub use rows::{ClashRow, MergeReport, MergeSummary, Resolved, Respelling};

use crate::codes::Pick;
use crate::kind::{AnyCatalogue, AnyCatalogueClash, Unfinished};
use crate::matching::{self, Decided, Decision};
use crate::pairs::Pairs;
use crate::problem::{Message, Problem};
use crate::record::AnyItem;
use crate::value::{
    self, Atom, Choice, Clash, ClashKind, Contested, Judge, Merged, Outcome, Path, Ruling, Settling, Shown,
    Step, Value, VisitDelta,
};
use crate::watch::{Stopped, Watch};
use rows::Place;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Which items of the base became which on each side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// On our side.
    pub ours: Pairs,
    /// On their side.
    pub theirs: Pairs,
}

impl Identity {
    /// The identity that these pairs say.
    #[must_use]
    #[inline]
    pub fn new(ours: Pairs, theirs: Pairs) -> Self {
        Self { ours, theirs }
    }
    /// From ids, by name and content where ids do not say, and before both by what people decided of base and either side.
    /// A decision that speaks of one side says nothing on the other; what no side knows is said, and so are contradictions
    /// (errors). Lists of different kinds have no items in common.
    ///
    /// As [`matching::lineage`] of both sides.
    #[must_use]
    #[inline]
    pub fn find(
        [base, ours, theirs]: [&AnyCatalogue; 3],
        options: &matching::Options,
        decisions: &[Decision],
    ) -> (Self, Vec<Problem>) {
        // Nobody stops it.
        Self::find_watched([base, ours, theirs], options, decisions, &mut Watch::none()).unwrap_or_default()
    }
    /// [`find`](Self::find), which tells how far it is.
    ///
    /// # Errors
    /// It was stopped.
    #[inline]
    pub fn find_watched(
        [base, ours, theirs]: [&AnyCatalogue; 3],
        options: &matching::Options,
        decisions: &[Decision],
        watch: &mut Watch<'_>,
    ) -> Result<(Self, Vec<Problem>), Stopped> {
        let mut said: [Vec<Problem>; 2] = [Vec::new(), Vec::new()];
        let mut pairs = [Pairs::none(), Pairs::none()];
        for (i, side) in [ours, theirs].into_iter().enumerate() {
            let mut options = options.clone();
            if !decisions.is_empty() {
                // An item that a side has as it was is none that was decided of: the other side's is.
                let stays =
                    |id: &str| base.item(id).zip(side.item(id)).is_some_and(|(was, is)| same(was, is));
                let is_of_the_other =
                    |row: &&Decision| !row.from_ids().is_empty() && row.from_ids().into_iter().all(stays);
                let decisions: Vec<Decision> =
                    decisions.iter().filter(|row| !is_of_the_other(row)).cloned().collect();
                (options.decided, said[i]) = Decided::of(&decisions, &base.items(), &side.items());
            }
            pairs[i] = match base.lineage_to_watched(side, &options, &mut watch.one_of(i, 2)) {
                Ok(lineage) => lineage.pairs(),
                Err(Unfinished::DifferentKinds(_)) => Pairs::none(),
                Err(Unfinished::Stopped(stopped)) => return Err(stopped),
            };
        }
        let [mut problems, others] = said;
        problems.retain(|problem| problem.is_error() || others.contains(problem));
        for problem in others.into_iter().filter(Problem::is_error) {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        let [ours, theirs] = pairs;
        Ok((Self { ours, theirs }, problems))
    }
}

/// A merged list, what is left to decide about it, and what was decided.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedCatalogue {
    list: AnyCatalogue,
    clash: Option<AnyCatalogueClash>,
    conflicts: Vec<ClashRow>,
    resolved: Vec<Resolved>,
    notes: Vec<Respelling>,
    /// Of the counts those that the three lists say.
    changed: MergeSummary,
}

/// Clashes are left to decide.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{} clash(es) are left to decide, first {}", .0.conflicts.len(), .0.conflicts.first().map(ClashRow::place).unwrap_or_default())]
pub struct Unresolved(pub Box<MergedCatalogue>);

impl MergedCatalogue {
    /// Joins two descendants of a list. Never fails and never guesses.
    ///
    /// Linear in the lists, beside the sorting of what moved.
    #[must_use]
    #[inline]
    pub fn of(base: &AnyCatalogue, ours: &AnyCatalogue, theirs: &AnyCatalogue, identity: &Identity) -> Self {
        let sides = ((ours, &identity.ours), (theirs, &identity.theirs));
        let Merged { value, clash, notes } = value::merge_as(base, sides.0, sides.1);
        let notes = notes.into_iter().map(Respelling::of).collect();
        Self::with(value, clash, Vec::new(), notes, changed(base, sides.0, sides.1))
    }
    #[inline]
    pub(crate) fn with(
        list: AnyCatalogue,
        clash: Option<AnyCatalogueClash>,
        resolved: Vec<Resolved>,
        notes: Vec<Respelling>,
        changed: MergeSummary,
    ) -> Self {
        let mut conflicts = Vec::new();
        if let Some(clash) = &clash {
            let mut bench = Bench::new(|row, _| {
                conflicts.push(row.clone());
                None
            });
            let _ = list.settle(clash, &mut Settling::new(&mut bench));
        }
        let changed = MergeSummary { items: 0, conflicts: 0, conflicted_items: 0, ..changed };
        Self { list, clash, conflicts, resolved, notes, changed }
    }
    /// The list; it has the base's values where something is left to decide.
    #[must_use]
    #[inline]
    pub fn list(&self) -> &AnyCatalogue {
        &self.list
    }
    /// What is left to decide, as the algebra has it.
    #[must_use]
    #[inline]
    pub fn clash(&self) -> Option<&AnyCatalogueClash> {
        self.clash.as_ref()
    }
    /// What is left to decide: in the order of the list, then what is not in it, then the order.
    #[must_use]
    #[inline]
    pub fn conflicts(&self) -> &[ClashRow] {
        &self.conflicts
    }
    /// What was decided, by whom.
    #[must_use]
    #[inline]
    pub fn resolved(&self) -> &[Resolved] {
        &self.resolved
    }
    /// Spellings given up where nothing clashes.
    #[must_use]
    #[inline]
    pub fn notes(&self) -> &[Respelling] {
        &self.notes
    }
    /// The counts.
    #[must_use]
    #[inline]
    pub fn summary(&self) -> MergeSummary {
        let items: HashSet<&str> =
            self.conflicts.iter().map(|row| row.item.as_str()).filter(|item| !item.is_empty()).collect();
        MergeSummary {
            items: self.list.len(),
            conflicts: self.conflicts.len(),
            conflicted_items: items.len(),
            ..self.changed
        }
    }
    /// The report, for JSON.
    #[must_use]
    #[inline]
    pub fn report(&self) -> MergeReport<'_> {
        MergeReport::of(self.summary(), &self.conflicts, &self.resolved, &self.notes)
    }
    /// The list, if nothing is left to decide.
    ///
    /// # Errors
    /// Something is: the merged list as it was.
    #[inline]
    pub fn finish(self) -> Result<AnyCatalogue, Unresolved> {
        if self.clash.is_none() { Ok(self.list) } else { Err(Unresolved(Box::new(self))) }
    }
    /// Decides what people decided. A row that speaks of no clash is said (warning); so are rows that decide one clash in
    /// different ways, values that cannot be read, and ids that another item has (errors): such clashes stay.
    ///
    /// Linear in the list and the rows.
    #[must_use]
    #[inline]
    pub fn resolve(&self, resolutions: &[Resolution]) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut by_item: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, row) in resolutions.iter().enumerate().filter(|(_, row)| row.ruling().is_some()) {
            by_item.entry(row.item.trim()).or_default().push(at);
        }
        let mut used = vec![false; resolutions.len()];
        let (merged, refused) = self.decide(|clash, _| {
            let rows = by_item.get(clash.item.as_str()).into_iter().flatten();
            let rows: Vec<usize> = rows.copied().filter(|at| resolutions[*at].is_of(clash)).collect();
            for at in &rows {
                used[*at] = true;
            }
            let first = &resolutions[*rows.first()?];
            let ruling = first.ruling()?;
            if rows.iter().any(|at| resolutions[*at].ruling().as_ref() != Some(&ruling)) {
                let message = Message::new(
                    format!("“{}”有不同的决定；请留一条", clash.place()),
                    format!("`{}` is decided in different ways; keep one row", clash.place()),
                );
                problems.push(Problem::error("resolutions/contradiction", message));
                return None;
            }
            Some((ruling, first.who.to_string(), first.note.to_string()))
        });
        problems.extend(refused);
        for (row, _) in resolutions.iter().zip(used).filter(|(row, used)| !used && row.ruling().is_some()) {
            let place = rows::place_in_words(&row.item, &row.kind, &row.field);
            let message = Message::new(
                format!("“{place}”没有待定的冲突，此条未用"),
                format!("nothing clashes at `{place}`, or it is decided already: the row is not used"),
            );
            problems.push(Problem::warning("resolutions/unused", message));
        }
        (merged, problems)
    }
    /// Decides what policies say: of each clash the first that says something.
    ///
    /// Linear in the list.
    ///
    /// ```
    /// use qingdan::merge::{Identity, MergedCatalogue, Policy, Take};
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList, value::Choice};
    /// let list = |name: &str| -> AnyCatalogue {
    ///     Catalogue::new(Default::default(), SharedList::of([LicensingItem::new("1", name)]).unwrap()).into()
    /// };
    /// let merged = MergedCatalogue::of(&list("甲"), &list("乙"), &list("丙"), &Identity::default());
    /// let merged = merged.follow(&[Policy::new(Take::Side(Choice::Theirs))]);
    /// assert_eq!(merged.resolved()[0].who, "policy: theirs");
    /// assert_eq!(merged.finish().unwrap(), list("丙"));
    /// ```
    #[must_use]
    #[inline]
    pub fn follow(&self, policies: &[Policy]) -> Self {
        let decided = self.decide(|clash, sides| {
            let found = policies.iter().find_map(|p| p.choice(clash, sides).map(|choice| (p, choice)));
            found.map(|(policy, choice)| (Ruling::Side(choice), policy.who.clone(), String::new()))
        });
        // Where a side's value wants an id that another item has by now, the clash stays.
        decided.0
    }
    /// With what was decided before the merge.
    #[inline]
    pub(crate) fn with_decided(mut self, mut rows: Vec<Resolved>) -> Self {
        rows.append(&mut self.resolved);
        self.resolved = rows;
        self
    }
    /// Decides, and says what cannot be as decided.
    fn decide(
        &self,
        decide: impl FnMut(&ClashRow, [Option<&dyn Shown>; 2]) -> Option<Ruled>,
    ) -> (Self, Vec<Problem>) {
        let Some(clash) = &self.clash else { return (self.clone(), Vec::new()) };
        let mut bench = Bench::new(decide);
        let Outcome { value, clash } = self.list.settle(clash, &mut Settling::new(&mut bench));
        let mut resolved = self.resolved.clone();
        resolved.extend(bench.decided.into_iter().map(|(_, resolved)| resolved));
        (Self::with(value, clash, resolved, self.notes.clone(), self.changed), bench.problems)
    }
}

/// A ruling, by whom, and why.
type Ruled = (Ruling, String, String);

/// Sees each clash as a row, and hears what is decided of it.
struct Bench<F> {
    decide: F,
    decided: Vec<(Path, Resolved)>,
    problems: Vec<Problem>,
}

impl<F: FnMut(&ClashRow, [Option<&dyn Shown>; 2]) -> Option<Ruled>> Bench<F> {
    fn new(decide: F) -> Self {
        Self { decide, decided: Vec::new(), problems: Vec::new() }
    }
    /// A decision cannot be.
    fn say(&mut self, path: &Path, why: &Message) {
        let place = Place::of(path).unwrap_or_default();
        let place = rows::place_in_words(&place.item, "", &place.field);
        let message = Message::new(format!("“{place}”：{}", why.zh), format!("`{place}`: {}", why.en));
        self.problems.push(Problem::error("resolutions/refused", message));
    }
    fn hear(&mut self, path: &Path, row: ClashRow, sides: [Option<&dyn Shown>; 2]) -> Ruling {
        match (self.decide)(&row, sides) {
            None | Some((Ruling::Open, ..)) => Ruling::Open,
            Some((ruling, who, note)) => {
                self.decided.push((path.clone(), Resolved::of(row, &ruling, who, note)));
                ruling
            }
        }
    }
}

impl<F: FnMut(&ClashRow, [Option<&dyn Shown>; 2]) -> Option<Ruled>> Judge for Bench<F> {
    fn field(&mut self, path: &Path, contested: &dyn Contested) -> Option<Ruling> {
        let place = Place::of(path)?;
        if !place.is_field(path) {
            return None;
        }
        let sides = [Choice::Base, Choice::Ours, Choice::Theirs].map(|choice| contested.side(choice));
        let sides = [&sides[0], &sides[1], &sides[2]].map(|side| side.as_deref());
        let row = ClashRow::new(&place, rows::kind_of(&contested.kinds()), sides);
        Some(self.hear(path, row, [sides[1], sides[2]]))
    }
    fn rule(&mut self, path: &Path, clash: Clash<'_>) -> Ruling {
        let place = Place::of(path).unwrap_or_default();
        // What clashes in an extra column is a field like any other.
        let kind = if place.field.is_empty() { clash.kind } else { ClashKind::EditEdit };
        let row = ClashRow::new(&place, kind, [clash.base, clash.ours, clash.theirs]);
        self.hear(path, row, [clash.ours, clash.theirs])
    }
    fn refused(&mut self, path: &Path, why: Message) {
        self.decided.pop_if(|(decided, _)| decided == path);
        self.say(path, &why);
    }
    fn undone(&mut self, path: &Path, kind: ClashKind, why: Message) {
        let steps = path.steps();
        if kind == ClashKind::EditEdit {
            // All that was decided inside the entry.
            let inside = |at: &Path| at.steps().starts_with(steps) && at.steps().len() > steps.len();
            self.decided.retain(|(decided, _)| !inside(decided));
        } else if let Some(at) = self.decided.iter().position(|(at, row)| at == path && row.kind == kind) {
            self.decided.remove(at);
        }
        self.say(path, &why);
    }
}

// ------------------------------------------------------------------------------------------------
// Counts

/// The items that a side changed, removed or added, by key: of the base, and of what is new.
#[derive(Default)]
struct Touched {
    changed: BTreeSet<String>,
    removed: BTreeSet<String>,
    added: BTreeSet<String>,
}

impl Touched {
    #[inline]
    fn of(base: &AnyCatalogue, (side, pairs): (&AnyCatalogue, &Pairs)) -> Self {
        let mut touched = Self::default();
        if base.kind() == side.kind()
            && let Some(delta) = value::diff_as(base, side, pairs)
        {
            value::visit_delta::<AnyCatalogue>(&delta, &mut touched);
        }
        touched
    }
    #[inline]
    fn len(&self) -> usize {
        self.changed.len() + self.removed.len() + self.added.len()
    }
    #[inline]
    fn change(&mut self, path: &Path) {
        if let [Step::Field(_), Step::Entry(key), ..] = path.steps()
            && !self.changed.contains(key)
        {
            self.changed.insert(key.clone());
        }
    }
}

#[inline]
fn is_of_items(path: &Path) -> bool {
    matches!(path.steps(), [Step::Field(field), ..] if field.name == rows::ITEMS)
}

impl VisitDelta for Touched {
    #[inline]
    fn leaf(&mut self, path: &Path, _: Option<&dyn Atom>, _: Option<&dyn Atom>) {
        if is_of_items(path) {
            self.change(path);
        }
    }
    #[inline]
    fn entry(&mut self, path: &Path, before: Option<&dyn Shown>, _: Option<&dyn Shown>) -> bool {
        if is_of_items(path) {
            match path.steps() {
                [_, Step::Entry(key)] if before.is_some() => _ = self.removed.insert(key.clone()),
                [_, Step::Entry(key)] => _ = self.added.insert(key.clone()),
                _ => self.change(path),
            }
        }
        false
    }
    #[inline]
    fn recoded(&mut self, path: &Path, _: &str, _: &str) {
        if is_of_items(path) {
            self.change(path);
        }
    }
    #[inline]
    fn moved(&mut self, path: &Path, _: &[&str]) {
        if is_of_items(path) {
            self.change(path);
        }
    }
}

#[inline]
fn changed(
    base: &AnyCatalogue,
    ours: (&AnyCatalogue, &Pairs),
    theirs: (&AnyCatalogue, &Pairs),
) -> MergeSummary {
    let (by_ours, by_theirs) = (Touched::of(base, ours), Touched::of(base, theirs));
    let mut alike = by_ours.removed.intersection(&by_theirs.removed).count();
    let both: Vec<&String> = by_ours.changed.intersection(&by_theirs.changed).collect();
    let new: Vec<&String> = by_ours.added.intersection(&by_theirs.added).collect();
    if !both.is_empty() || !new.is_empty() {
        let items = [ours.0.items(), theirs.0.items()];
        let [in_ours, in_theirs] = items.each_ref().map(|items| by_key(items));
        let key = |pairs: &Pairs, key: &str| pairs.inside(rows::ITEMS).after(key).unwrap_or(key).to_owned();
        let equal = |a: &str, b: &str| match (in_ours.get(a), in_theirs.get(b)) {
            (Some(a), Some(b)) => same(**a, **b),
            _ => false,
        };
        alike += both.iter().filter(|k| equal(&key(ours.1, k), &key(theirs.1, k))).count();
        alike += new.iter().filter(|k| equal(k, k)).count();
    }
    MergeSummary {
        changed_by_ours: by_ours.len() - alike,
        changed_by_theirs: by_theirs.len() - alike,
        changed_alike: alike,
        ..MergeSummary::default()
    }
}

#[inline]
fn by_key<'a>(items: &'a [&'a dyn AnyItem]) -> HashMap<Cow<'a, str>, &'a &'a dyn AnyItem> {
    items.iter().map(|item| (item.key(), item)).collect()
}

/// Whether two items are equal to the letter.
#[inline]
fn same(a: &dyn AnyItem, b: &dyn AnyItem) -> bool {
    (0..a.fields().len()).all(|at| match (a.value(at), b.value(at)) {
        (Some(one), Some(other)) => one.is(other),
        (one, other) => one.is_none() && other.is_none(),
    })
}

/// What was chosen, as the report says it.
#[inline]
fn pick(ruling: &Ruling) -> (Pick, Option<String>) {
    match ruling {
        Ruling::Side(Choice::Ours) => (Pick::Ours, None),
        Ruling::Side(Choice::Theirs) => (Pick::Theirs, None),
        Ruling::Side(Choice::Base) | Ruling::Open => (Pick::Base, None),
        Ruling::Value(value) => (Pick::Value, Some(value.clone())),
        Ruling::Both(value) => (Pick::Both, Some(value.clone()).filter(|value| !value.is_empty())),
    }
}
