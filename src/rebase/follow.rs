//! Both editions of the upper list as the lower one sees them: what a merge takes as base and as theirs.

use super::Options;
use super::order::{Slot, order};
use super::pending::{Pending, UpperChange};
use crate::citation::short_title;
use crate::codes::{Level, Pick};
use crate::correspondence::{Bodies, Correspondence, Place, bodies};
use crate::keyed::{List, Set};
use crate::kind::{AnyCatalogue, Recipe};
use crate::lineage::Lineage;
use crate::matching;
use crate::name;
use crate::pairs::Pairs;
use crate::problem::Message;
use crate::record::{AnyItem, Field, full_name};
use crate::term::Citation;
use crate::text::normal;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Which list a recipe takes from.
const LOWER: usize = 0;
const OLD: usize = 1;
const NEW: usize = 2;

/// A body that so many of the common items show is proposed without asking.
const SURE: f64 = 0.9;
/// Of the items above whose level is not told, a lower list that has so many takes what is new as well.
const TAKES: f64 = 0.5;

/// What is looked at.
pub(super) struct View<'a> {
    pub(super) lists: [&'a AnyCatalogue; 3],
    pub(super) items: [Vec<&'a dyn AnyItem>; 3],
    pub(super) found: &'a Correspondence,
    pub(super) lineage: &'a Lineage,
    pub(super) bodies: Bodies,
    pub(super) place: Place,
    pub(super) options: &'a Options,
}

/// What is seen.
pub(super) struct Seen {
    pub(super) base: AnyCatalogue,
    pub(super) theirs: AnyCatalogue,
    pub(super) pairs: Pairs,
    pub(super) pending: Vec<Pending>,
    /// The upper changes that an item follows, by its keys below and in the proposal.
    pub(super) follows: HashMap<String, Vec<usize>>,
    /// Which of the resolutions decided something that was pending.
    pub(super) used: Vec<bool>,
}

/// What became of the items of the old upper list in the new one.
struct Became {
    next: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
    /// Whether a person need not confirm it.
    certain: HashMap<(usize, usize), bool>,
}

/// An item of the proposal on its way.
struct Made {
    recipe: Recipe,
    /// The lower item that it carries on.
    lower: Option<usize>,
    /// The item of the new upper list that it stands on.
    upper: Option<usize>,
    pending: Vec<Pending>,
}

impl<'a> View<'a> {
    fn lower(&self, at: usize) -> &'a dyn AnyItem {
        self.items[LOWER][at]
    }
    fn old(&self, at: usize) -> &'a dyn AnyItem {
        self.items[OLD][at]
    }
    fn new(&self, at: usize) -> &'a dyn AnyItem {
        self.items[NEW][at]
    }
    fn became(&self) -> Became {
        let at = [OLD, NEW].map(|list| -> HashMap<String, usize> {
            self.items[list].iter().enumerate().map(|(i, item)| (item.key().into_owned(), i)).collect()
        });
        let mut out = Became {
            next: vec![Vec::new(); self.items[OLD].len()],
            before: vec![Vec::new(); self.items[NEW].len()],
            certain: HashMap::new(),
        };
        let mut named: [HashSet<&str>; 2] = Default::default();
        for link in &self.lineage.links {
            named[0].extend(link.from.iter().map(String::as_str));
            named[1].extend(link.to.iter().map(String::as_str));
            for from in link.from.iter().filter_map(|id| at[0].get(id)) {
                for to in link.to.iter().filter_map(|id| at[1].get(id)) {
                    out.next[*from].push(*to);
                    out.before[*to].push(*from);
                    out.certain.insert((*from, *to), link.certain);
                }
            }
        }
        let parted: HashSet<&str> = self.lineage.parted.iter().map(String::as_str).collect();
        for (key, from) in &at[0] {
            let key = key.as_str();
            if !named[0].contains(key)
                && !named[1].contains(key)
                && !parted.contains(key)
                && let Some(to) = at[1].get(key)
            {
                out.next[*from].push(*to);
                out.before[*to].push(*from);
                out.certain.insert((*from, *to), true);
            }
        }
        out
    }

    pub(super) fn seen(&self, changes: &[UpperChange]) -> Seen {
        let became = self.became();
        let mut base: Vec<Recipe> = Vec::new();
        let mut made: Vec<Made> = Vec::new();
        let mut gone: Vec<Pending> = Vec::new();
        let into = self.taken(&became);
        for below in 0..self.items[LOWER].len() {
            let uppers = self.found.uppers_of(below);
            let plain = Recipe { from: Some((LOWER, below)), ..Recipe::default() };
            if uppers.is_empty() {
                base.push(plain.clone());
                made.push(Made { recipe: plain, lower: Some(below), upper: None, pending: Vec::new() });
                continue;
            }
            match into.get(&below) {
                Some(Fate::Follows { upper, new, others }) => {
                    let (was, is) = self.follow(below, *upper, *new, others, &became);
                    base.push(was);
                    made.push(is);
                }
                Some(Fate::Joined { with }) => {
                    // It goes into another item of ours; what only it says is a person's to keep.
                    let differing = self.differing(*with, below);
                    base.push(plain);
                    for field in differing {
                        let cells = [*with, below].map(|at| self.lower(at).text(field.name).into_owned());
                        gone.push(Pending {
                            item: self.lower(*with).key().into_owned(),
                            field: field.name.to_owned(),
                            why: Message::new(
                                format!("上级合并的各项，本级的“{}”不同", field.title()),
                                format!("the upper list merged items whose `{}` differs here", field.title()),
                            ),
                            proposals: cells.into(),
                        });
                    }
                }
                Some(Fate::Gone { upper, left }) => {
                    let own = self.own_bases(below, &uppers);
                    let mut was = plain.clone();
                    if own.is_empty() {
                        // What the lower list changed of its own is recorded when it goes.
                        was.fields =
                            self.changed_of_its_own(below, *upper).map(|at| (at, (OLD, *upper))).collect();
                    } else {
                        let bases = own.join("》《");
                        made.push(Made {
                            recipe: plain,
                            lower: Some(below),
                            upper: None,
                            pending: vec![Pending {
                                item: self.lower(below).key().into_owned(),
                                field: String::new(),
                                why: Message::new(
                                    format!("{}，本级另有依据《{bases}》：取消或保留由人定", left.zh),
                                    format!("{}; a basis of its own stands behind it here, 《{bases}》: keep or remove", left.en),
                                ),
                                proposals: vec!["remove".to_owned(), "keep".to_owned()],
                            }],
                        });
                    }
                    base.push(was);
                }
                None => {
                    base.push(plain.clone());
                    made.push(Made { recipe: plain, lower: Some(below), upper: None, pending: Vec::new() });
                }
            }
        }
        let new = self.additions(&became, &mut made);
        made.extend(new);
        self.put_together(&base, made, gone, changes, &became)
    }

    // --------------------------------------------------------------------------------------------
    // What becomes of each lower item

    /// Which new upper item each lower one goes on as, or why it goes.
    fn taken(&self, became: &Became) -> HashMap<usize, Fate> {
        let mut out: HashMap<usize, Fate> = HashMap::new();
        // Which lower item a new upper one is carried on by, by the old upper item that brought it there.
        let mut carried: HashMap<usize, (usize, usize)> = HashMap::new();
        for below in 0..self.items[LOWER].len() {
            let uppers = self.found.uppers_of(below);
            if uppers.is_empty() {
                continue;
            }
            let stem = name::read(self.lower(below).name()).base;
            let like = |upper: &usize| name::read(self.old(*upper).name()).base == stem;
            let alive: Vec<usize> = uppers.iter().copied().filter(|u| !became.next[*u].is_empty()).collect();
            let Some(&upper) = alive.iter().find(|u| like(u)).or(alive.first()) else {
                let left = Message::new("上级已取消", "the upper list cancelled it");
                out.insert(below, Fate::Gone { upper: uppers[0], left });
                continue;
            };
            let new = self.nearest(below, &became.next[upper]);
            if self.place.has(self.old(upper)) == Some(true) && self.place.has(self.new(new)) == Some(false) {
                let left = Message::new("上级已将其调整出本级", "the upper list took it from this level");
                out.insert(below, Fate::Gone { upper, left });
                continue;
            }
            match carried.get(&new) {
                // Rows of one upper item stay rows; of two that were merged one goes into the other.
                Some((with, by)) if *by != upper && became.before[new].len() > 1 => {
                    out.insert(below, Fate::Joined { with: *with });
                }
                _ => {
                    carried.entry(new).or_insert((below, upper));
                    let others = uppers.iter().copied().filter(|u| *u != upper).collect();
                    out.insert(below, Fate::Follows { upper, new, others });
                }
            }
        }
        out
    }
    /// Of several that an upper item became the one whose name is nearest to ours; as a rule the first.
    fn nearest(&self, below: usize, next: &[usize]) -> usize {
        let ours = name::read(self.lower(below).name()).base;
        let like = |at: &usize| name::similarity(&ours, &name::read(self.new(*at).name()).base);
        let mut best = next[0];
        let rows = self.found.uppers_of(below).first().map_or(0, |upper| self.found.lowers_of(*upper).len());
        if next.len() > 1 && rows > 1 {
            for at in next {
                if like(at) > like(&best) {
                    best = *at;
                }
            }
        }
        best
    }
    /// Local regulations and rules behind a lower item that no upper one of its has.
    fn own_bases(&self, below: usize, uppers: &[usize]) -> Vec<String> {
        let acts = |item: &dyn AnyItem| -> Vec<(String, bool)> {
            let cited = item
                .all::<List<Citation>>()
                .flat_map(|(_, list)| list.iter().flat_map(|one| one.read().cited));
            cited.map(|cited| (short_title(&cited.title), cited.is_local())).collect()
        };
        let theirs: HashSet<String> =
            uppers.iter().flat_map(|upper| acts(self.old(*upper))).map(|(title, _)| title).collect();
        let mut own: Vec<String> = acts(self.lower(below))
            .into_iter()
            .filter(|(_, local)| *local)
            .map(|(title, _)| title)
            .filter(|title| !theirs.contains(title))
            .collect();
        own.dedup();
        own
    }
    /// Fields bound to be equal that the lower list says otherwise.
    fn changed_of_its_own(&self, below: usize, upper: usize) -> impl Iterator<Item = usize> + use<'a, '_> {
        let (lower, upper) = (self.lower(below), self.old(upper));
        let bound = lower.fields().iter().enumerate().filter(|(_, field)| {
            field.lower == Some("equal") && field.adjusts != Some(crate::codes::AdjustmentKind::BasisChanged)
        });
        bound
            .filter(move |(at, field)| {
                upper.value(*at).is_some()
                    && name::read(&lower.text(field.name)).base != name::read(&upper.text(field.name)).base
            })
            .map(|(at, _)| at)
    }
    /// Fields in which two of our items differ, and that are content.
    fn differing(&self, one: usize, other: usize) -> Vec<&'static Field> {
        let (one, other) = (self.lower(one), self.lower(other));
        let fields = one.fields().iter().filter(|field| {
            is_followed(field) && !matches!(field.name, "name" | "sub_item") && field.lower != Some("equal")
        });
        let differ = |field: &&Field| {
            let (a, b) = (one.text(field.name), other.text(field.name));
            !a.is_empty() && !b.is_empty() && normal(&a) != normal(&b)
        };
        // Bases are joined by nobody: what stands behind the merged item is the upper list's.
        fields
            .filter(differ)
            .filter(|field| field.adjusts != Some(crate::codes::AdjustmentKind::BasisChanged))
            .collect()
    }

    // --------------------------------------------------------------------------------------------
    // One item, field by field

    /// The base and theirs of a lower item whose upper item goes on.
    fn follow(
        &self,
        below: usize,
        upper: usize,
        new: usize,
        others: &[usize],
        became: &Became,
    ) -> (Recipe, Made) {
        let (l, u, n) = (self.lower(below), self.old(upper), self.new(new));
        let mut was = Recipe { from: Some((LOWER, below)), ..Recipe::default() };
        let mut is = was.clone();
        is.derive = true;
        let mut pending: Vec<Pending> = Vec::new();
        let key = l.key().into_owned();
        let mut ask = |field: &str, why: Message, proposals: Vec<String>| {
            pending.push(Pending { item: key.clone(), field: field.to_owned(), why, proposals });
        };
        let mut changed = false;
        for (at, field) in l.fields().iter().enumerate() {
            if is_key(field) {
                continue;
            }
            let [ours, before, after] = [l, u, n].map(|item| item.text(field.name));
            if before == after {
                continue;
            }
            if !is_followed(field) {
                // Where it stands and what it belongs to is the lower list's own, unless it is the upper list's to the letter.
                if ours == before {
                    is.fields.push((at, (NEW, new)));
                }
                continue;
            }
            if normal(&before) == normal(&after) {
                // A new spelling is taken over where ours is a spelling of the same.
                if normal(&ours) == normal(&before) {
                    is.fields.push((at, (NEW, new)));
                }
                continue;
            }
            if bodies::FIELDS.contains(&field.name) {
                changed = true;
                self.follow_bodies(field, [below, upper, new], [&mut was, &mut is], at, &mut ask);
            } else if matches!(field.name, "name" | "sub_item") {
                let bases = [&ours, &before, &after].map(|text| name::read(text).base);
                if ours == before {
                    changed = true;
                    is.fields.push((at, (NEW, new)));
                } else if bases[1] != bases[2] {
                    // Words of scope of the upper list are its own; those that we write stay.
                    changed = true;
                    let ((start, _, end), (_, core, _)) = (name::cut(&ours), name::cut(&after));
                    if bases[0] != bases[1] {
                        was.fields.push((at, (OLD, upper)));
                    }
                    is.cells.push((at, format!("{start}{core}{end}")));
                }
            } else if self.is_told(at) {
                changed = true;
                if normal(&ours) != normal(&before) {
                    was.fields.push((at, (OLD, upper)));
                }
                is.fields.push((at, (NEW, new)));
            }
        }
        let headers: BTreeSet<&str> = [l, u, n].into_iter().flat_map(headers).collect();
        for header in headers {
            let [ours, before, after] = [l, u, n]
                .map(|item| item.extra().and_then(|extra| extra.get(header)).map(ToString::to_string));
            let form = |text: &Option<String>| text.as_deref().map(normal).unwrap_or_default().into_owned();
            if before == after || !self.has_column(header) {
                continue;
            }
            if form(&before) != form(&after) {
                changed = true;
                if form(&ours) != form(&before) {
                    was.extra.push((header.to_owned(), before));
                }
                is.extra.push((header.to_owned(), after));
            } else if form(&ours) == form(&before) {
                is.extra.push((header.to_owned(), after));
            }
        }
        if !l.is_derived() && !n.is_derived() && u.id() != n.id() {
            changed = true;
            if l.id() == u.id() {
                is.id = Some(n.id().to_owned());
            } else {
                ask(
                    "id",
                    Message::new(
                        format!("上级编码由{}改为{}", u.id(), n.id()),
                        format!("the upper code changed from {} to {}", u.id(), n.id()),
                    ),
                    vec![n.id().to_owned()],
                );
            }
        }
        let certain = became.certain.get(&(upper, new)) != Some(&false)
            && self.found.link(upper, below).is_none_or(|link| link.certain);
        if changed && !certain {
            ask(
                "",
                Message::new(
                    format!("对应未经确认：上级“{}”→“{}”", full_name(u), full_name(n)),
                    format!(
                        "not confirmed which item this is: `{}` → `{}` above",
                        full_name(u),
                        full_name(n)
                    ),
                ),
                vec![n.key().into_owned()],
            );
        }
        for other in others {
            let (old, next) = (self.old(*other), &became.next[*other]);
            if next.is_empty() {
                ask(
                    "",
                    Message::new(
                        format!("本级一项对应上级多项，其中“{}”已取消", full_name(old)),
                        format!(
                            "it stands for several upper items, of which `{}` was cancelled",
                            full_name(old)
                        ),
                    ),
                    vec!["keep".to_owned(), "remove".to_owned()],
                );
            } else if let Some(other) = next.first().filter(|next| **next != new) {
                self.other_changes(old, self.new(*other), &mut ask);
            }
        }
        (was, Made { recipe: is, lower: Some(below), upper: Some(new), pending })
    }
    /// What changed in another upper item that ours stands for as well.
    fn other_changes(
        &self,
        old: &dyn AnyItem,
        new: &dyn AnyItem,
        ask: &mut dyn FnMut(&str, Message, Vec<String>),
    ) {
        for field in old.fields().iter().filter(|field| is_followed(field)) {
            let (before, after) = (old.text(field.name), new.text(field.name));
            if normal(&before) != normal(&after) {
                let title = field.title();
                ask(
                    field.name,
                    Message::new(
                        format!("本级一项对应上级多项，其中“{}”的{title}已变", full_name(new)),
                        format!("it stands for several upper items; `{}` changed in {title}", full_name(new)),
                    ),
                    vec![after.into_owned()],
                );
            }
        }
    }
    /// Bodies are made concrete: ours for the new one as the other items show it.
    fn follow_bodies(
        &self,
        field: &'static Field,
        [below, upper, new]: [usize; 3],
        [was, is]: [&mut Recipe; 2],
        at: usize,
        ask: &mut dyn FnMut(&str, Message, Vec<String>),
    ) {
        let (l, u, n) = (self.lower(below), self.old(upper), self.new(new));
        let (aliases, day) = (&self.options.aliases, self.options.day);
        let canonical = |item: &dyn AnyItem| bodies::canonical(item, field.name, aliases, day);
        if canonical(u) == canonical(n) {
            return;
        }
        if canonical(l) == canonical(u) {
            is.fields.push((at, (NEW, new)));
            return;
        }
        if !self.is_told(at) {
            return;
        }
        let name = bodies::FIELDS.iter().find(|name| **name == field.name).copied().unwrap_or_default();
        let likely = self.bodies.likely(name, n, aliases, day);
        let ours = l.text(field.name).into_owned();
        if let Some(likely) = &likely
            && likely.share() >= SURE
        {
            if normal(&likely.text) != normal(&ours) {
                is.cells.push((at, likely.text.clone()));
                let _ = was;
            }
            return;
        }
        let (before, after) = (u.text(field.name), n.text(field.name));
        let found = bodies::may_be(n, field.name, &self.items[LOWER], &self.place).map(str::to_owned);
        let proposals = each_once(
            [likely.map(|likely| likely.text), bodies::by_change(&before, &after, &ours), found, Some(ours)]
                .into_iter()
                .flatten(),
        );
        ask(
            field.name,
            Message::new(
                format!("上级的{}由“{before}”调整为“{after}”，本级应为何机关，请确认", field.title()),
                format!(
                    "{} changed from `{before}` to `{after}` above: which body is it here",
                    field.title()
                ),
            ),
            proposals,
        );
    }
    /// Whether the lower list tells a field at all: a column that it does not have is not filled in.
    fn is_told(&self, field: usize) -> bool {
        let told = |list: usize| self.items[list].iter().any(|item| item.value(field).is_some());
        // What the upper list has not told before either is new to both.
        told(LOWER) || !told(OLD)
    }
    /// The same for an extra column.
    fn has_column(&self, header: &str) -> bool {
        let told = |list: usize| {
            self.items[list].iter().any(|item| item.extra().is_some_and(|extra| extra.get(header).is_some()))
        };
        told(LOWER) || !told(OLD)
    }

    // --------------------------------------------------------------------------------------------
    // What is new above

    /// What comes into the lower list because it is new in the upper one, or came down to this level.
    fn additions(&self, became: &Became, made: &mut [Made]) -> Vec<Made> {
        let unmatched: Vec<usize> =
            (0..self.items[LOWER].len()).filter(|at| self.found.uppers_of(*at).is_empty()).collect();
        let untold = self.takes_untold();
        let mut fresh: Vec<usize> = Vec::new();
        for new in 0..self.items[NEW].len() {
            let has = self.place.has(self.new(new));
            if has == Some(false) {
                continue;
            }
            let before = &became.before[new];
            let here = before.iter().any(|old| !self.found.lowers_of(*old).is_empty());
            let came_down =
                has == Some(true) && before.iter().all(|old| self.place.has(self.old(*old)) == Some(false));
            // A part of what was split off an item that is here, and that no row of ours carries on.
            let split_off = here && !made.iter().any(|item| item.upper == Some(new)) && before.len() == 1;
            if before.is_empty() || (came_down && !here) || split_off {
                fresh.push(new);
            }
        }
        let ours: Vec<&dyn AnyItem> = unmatched.iter().map(|at| self.lower(*at)).collect();
        let theirs: Vec<&dyn AnyItem> = fresh.iter().map(|at| self.new(*at)).collect();
        let options =
            matching::Options { decided: matching::Decided::default(), ..self.options.matching.clone() };
        let known = matching::lineage(&theirs, &ours, &options);
        let same_id: HashSet<String> = theirs.iter().map(|item| item.key().into_owned()).collect();
        let mut already: HashMap<usize, (usize, bool)> = HashMap::new();
        for (i, new) in fresh.iter().enumerate() {
            let key = theirs[i].key();
            let partner =
                known.of_old(&key).map(|link| (link.to.first().cloned(), link.certain)).or_else(|| {
                    let kept = same_id.contains(&*key)
                        && !theirs[i].is_derived()
                        && !known.parted.iter().any(|p| *p == *key);
                    kept.then(|| (Some(key.clone().into_owned()), true))
                });
            if let Some((Some(to), certain)) = partner
                && let Some(at) = unmatched.iter().find(|at| *self.lower(**at).key() == *to)
            {
                already.insert(*new, (*at, certain));
            }
        }
        let mut out = Vec::new();
        for new in fresh {
            match already.get(&new) {
                Some((below, certain)) => self.is_here_already(*below, new, *certain, made),
                None => out.push(self.addition(new, became, untold)),
            }
        }
        out
    }
    /// Whether a list that takes items whose level is not told takes what is new of them too.
    #[expect(clippy::cast_precision_loss, reason = "counts of items")]
    fn takes_untold(&self) -> bool {
        let untold: Vec<usize> =
            (0..self.items[OLD].len()).filter(|at| self.place.has(self.old(*at)).is_none()).collect();
        let here = untold.iter().filter(|at| !self.found.lowers_of(**at).is_empty()).count();
        untold.is_empty() || here as f64 >= TAKES * untold.len() as f64
    }
    /// The upper list added what the lower one had: it follows in what is bound.
    fn is_here_already(&self, below: usize, new: usize, certain: bool, made: &mut [Made]) {
        let Some(item) = made.iter_mut().find(|item| item.lower == Some(below)) else { return };
        let (l, n) = (self.lower(below), self.new(new));
        if !certain {
            item.pending.push(Pending {
                item: l.key().into_owned(),
                field: String::new(),
                why: Message::new(
                    format!("上级新增“{}”，是否即本级此项，请确认", full_name(n)),
                    format!("the upper list added `{}`: is it this item", full_name(n)),
                ),
                proposals: vec![n.key().into_owned()],
            });
            return;
        }
        item.upper = Some(new);
        item.recipe.derive = true;
        for (at, field) in l.fields().iter().enumerate() {
            if field.lower == Some("equal") && is_followed(field) && self.is_told(at) && n.value(at).is_some()
            {
                let (ours, theirs) = (l.text(field.name), n.text(field.name));
                if name::read(&ours).base != name::read(&theirs).base {
                    item.recipe.fields.push((at, (NEW, new)));
                }
            }
        }
    }
    /// An item that the lower list has not had.
    fn addition(&self, new: usize, became: &Became, untold: bool) -> Made {
        let n = self.new(new);
        let mut recipe = Recipe { derive: true, ..Recipe::default() };
        let mut pending = Vec::new();
        let mut ask = |field: &str, why: Message, proposals: Vec<String>| {
            pending.push(Pending { item: n.key().into_owned(), field: field.to_owned(), why, proposals });
        };
        // What a row of ours says beyond the upper list holds for its parts as well.
        let from = became.before[new].first().and_then(|old| self.found.lowers_of(*old).first().copied());
        for (at, field) in n.fields().iter().enumerate() {
            let needed = matches!(field.name, "id" | "derived" | "occurrence" | "name" | "sub_item");
            if field.name == "extra" || n.value(at).is_none() {
                continue;
            }
            if bodies::FIELDS.contains(&field.name) {
                self.add_bodies(field, at, new, from, &mut recipe, &mut ask);
            } else if field.name == "parent" {
                recipe.cells.push((at, self.parent_here(n)));
            } else if let Some(level) = self.level_of_rows(field) {
                recipe.cells.push((at, level));
            } else if needed || self.is_told(at) {
                recipe.fields.push((at, (NEW, new)));
            }
        }
        if let Some(from) = from {
            for (at, field) in n.fields().iter().enumerate() {
                if is_followed(field) && n.value(at).is_none() && self.lower(from).value(at).is_some() {
                    recipe.fields.push((at, (LOWER, from)));
                }
            }
        }
        for (header, text) in n.extra().into_iter().flat_map(crate::keyed::Map::iter) {
            if self.has_column(header) {
                recipe.extra.push((header.to_owned(), Some(text.to_string())));
            }
        }
        if self.place.has(n).is_none() && !untold && from.is_none() {
            ask(
                "",
                Message::new(
                    "上级新增，未写明层级；是否属于本级权限，请确认",
                    "new in the upper list, which does not say whose level has it: is it this one's",
                ),
                vec!["keep".to_owned(), "remove".to_owned()],
            );
        }
        Made { recipe, lower: None, upper: Some(new), pending }
    }
    fn add_bodies(
        &self,
        field: &'static Field,
        at: usize,
        new: usize,
        from: Option<usize>,
        recipe: &mut Recipe,
        ask: &mut dyn FnMut(&str, Message, Vec<String>),
    ) {
        if let Some(from) = from {
            recipe.fields.push((at, (LOWER, from)));
            return;
        }
        if !self.is_told(at) {
            return;
        }
        let n = self.new(new);
        let name = bodies::FIELDS.iter().find(|name| **name == field.name).copied().unwrap_or_default();
        let likely = self.bodies.likely(name, n, &self.options.aliases, self.options.day);
        if let Some(likely) = &likely
            && likely.share() >= SURE
        {
            recipe.cells.push((at, likely.text.clone()));
            return;
        }
        if self.bodies.copied(name) >= SURE {
            recipe.fields.push((at, (NEW, new)));
            return;
        }
        let written = n.text(field.name).into_owned();
        let found = bodies::may_be(n, field.name, &self.items[LOWER], &self.place).map(str::to_owned);
        let known = [likely.map(|likely| likely.text), found, self.bodies.by_analogy(name, n)];
        let proposals = each_once(known.into_iter().flatten());
        match proposals.first() {
            Some(first) => recipe.cells.push((at, first.clone())),
            None => recipe.fields.push((at, (NEW, new))),
        }
        ask(
            field.name,
            Message::new(
                format!("上级新增，{}为“{written}”，本级应为何机关，请填写", field.title()),
                format!(
                    "new in the upper list with {} `{written}`: say which body it is here",
                    field.title()
                ),
            ),
            proposals,
        );
    }
    /// The id here of what a new item belongs to.
    fn parent_here(&self, new: &dyn AnyItem) -> String {
        let parent = new.parent();
        let above = self.items[OLD].iter().position(|item| item.id() == parent);
        let below = above.and_then(|above| self.found.lowers_of(above).first().copied());
        below.map_or_else(|| parent.to_owned(), |below| self.lower(below).id().to_owned())
    }
    /// The level that our rows write, where nearly all of them write one alone.
    fn level_of_rows(&self, field: &Field) -> Option<String> {
        if field.name != "levels" {
            return None;
        }
        let level = self.place.level.as_ref()?;
        let told: Vec<&Set<Level>> =
            self.items[LOWER].iter().filter_map(|item| item.get(field.name)).collect();
        let alone = told.iter().filter(|levels| levels.iter().eq([level])).count();
        (!told.is_empty() && alone * 10 >= told.len() * 9).then(|| level.label().to_owned())
    }

    // --------------------------------------------------------------------------------------------
    // The lists

    /// What people decided of what is pending: the recipe says so, and nothing is pending there any more.
    fn decided(&self, made: &mut Vec<Made>) -> Vec<bool> {
        let rows = &self.options.resolutions;
        let mut used = vec![false; rows.len()];
        if rows.is_empty() {
            return used;
        }
        let fields = self.lists[LOWER].kind().fields();
        made.retain_mut(|item| {
            let below = item.lower.map(|below| self.lower(below).key().into_owned());
            let mut stays = true;
            let recipe = &mut item.recipe;
            item.pending.retain(|pending| {
                let Some(at) = rows.iter().position(|row| pending.is_of(row, below.as_deref())) else {
                    return true;
                };
                let value = match rows[at].choice {
                    Some(Pick::Ours | Pick::Base) => None,
                    Some(Pick::Theirs) => pending.proposals.first().cloned(),
                    Some(Pick::Value) => Some(rows[at].value.to_string()),
                    _ => return true,
                };
                used[at] = true;
                match (value, fields.iter().position(|field| field.name == pending.field)) {
                    (Some(id), Some(_)) if pending.field == "id" => recipe.id = Some(id),
                    (Some(cell), Some(field)) => {
                        recipe.fields.retain(|(at, _)| *at != field);
                        recipe.cells.retain(|(at, _)| *at != field);
                        recipe.cells.push((field, cell));
                    }
                    (Some(word), None) if word.trim() == "remove" => stays = false,
                    _ => {}
                }
                false
            });
            stays
        });
        used
    }
    /// The places of items in the order of the proposal.
    fn ordered(&self, made: &[Made]) -> Vec<usize> {
        let slots: Vec<Slot> =
            made.iter().map(|item| Slot { lower: item.lower, upper: item.upper }).collect();
        let above: Vec<usize> = (0..self.items[LOWER].len())
            .filter_map(|below| self.found.uppers_of(below).first().copied())
            .collect();
        order(&slots, above.is_sorted())
    }
    fn put_together(
        &self,
        base: &[Recipe],
        mut made: Vec<Made>,
        gone: Vec<Pending>,
        changes: &[UpperChange],
        became: &Became,
    ) -> Seen {
        let used = self.decided(&mut made);
        let [lower, ..] = self.lists;
        let (kind, header) = (lower.kind(), lower.header().clone());
        let (base, _) = AnyCatalogue::assembled(&self.lists, kind, header.clone(), base);
        let order = self.ordered(&made);
        let recipes: Vec<Recipe> = order.iter().map(|at| std::mem::take(&mut made[*at].recipe)).collect();
        let (theirs, keys) = AnyCatalogue::assembled(&self.lists, kind, header, &recipes);
        let of_change = Changes::of(changes);
        let (mut pairs, mut pending) = (Pairs::none(), Vec::new());
        let mut follows: HashMap<String, Vec<usize>> = HashMap::new();
        let mut here: HashMap<String, String> = HashMap::new();
        for (at, key) in order.into_iter().zip(keys) {
            let item = &mut made[at];
            let before = item.lower.map(|below| self.lower(below).key().into_owned());
            let key = key.or_else(|| before.clone()).unwrap_or_default();
            if let Some(before) = &before {
                if *before != key {
                    // Where the key is another item's the merge says so (same-id).
                    let _ = pairs.at("items").link(before, &key);
                }
                here.insert(before.clone(), key.clone());
            }
            let mut because: Vec<usize> = Vec::new();
            if let Some(upper) = item.upper {
                because.extend(of_change.to.get(&*self.new(upper).key()).into_iter().flatten());
                for old in &became.before[upper] {
                    because.extend(of_change.from.get(&*self.old(*old).key()).into_iter().flatten());
                }
            }
            if let Some(below) = item.lower {
                for old in self.found.uppers_of(below) {
                    because.extend(of_change.from.get(&*self.old(old).key()).into_iter().flatten());
                }
            }
            for name in before.iter().chain([&key]) {
                follows.entry(name.clone()).or_default().extend(&because);
            }
            for row in item.pending.drain(..) {
                pending.push(Pending { item: key.clone(), ..row });
            }
        }
        for below in 0..self.items[LOWER].len() {
            let key = self.lower(below).key().into_owned();
            if !here.contains_key(&key) {
                let uppers = self.found.uppers_of(below);
                let because =
                    uppers.iter().flat_map(|old| of_change.from.get(&*self.old(*old).key())).flatten();
                follows.entry(key).or_default().extend(because);
            }
        }
        for row in gone {
            let item = here.get(&row.item).cloned().unwrap_or(row.item);
            pending.push(Pending { item, ..row });
        }
        Seen { base, theirs, pairs, pending, follows, used }
    }
}

/// Changes by the ids that they are about.
#[derive(Default)]
struct Changes<'a> {
    from: HashMap<&'a str, Vec<usize>>,
    to: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Changes<'a> {
    fn of(changes: &'a [UpperChange]) -> Self {
        let mut out = Self::default();
        for (at, change) in changes.iter().enumerate() {
            for id in &change.from {
                out.from.entry(id).or_default().push(at);
            }
            for id in &change.to {
                out.to.entry(id).or_default().push(at);
            }
        }
        out
    }
}

/// What becomes of a lower item.
enum Fate {
    /// It goes on as this new upper item; `others` are the other upper items that it stands for.
    Follows { upper: usize, new: usize, others: Vec<usize> },
    /// The upper list merged it into what another item of ours stands on.
    Joined { with: usize },
    /// The upper list does not have it any more, or not for this level.
    Gone { upper: usize, left: Message },
}

fn each_once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in texts {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

/// Whether a field is content that a lower list follows: not what tells rows apart, where they stand, or whom to ask.
fn is_followed(field: &Field) -> bool {
    let own = ["parent", "upper_refs", "part"];
    !field.marks.position && !field.marks.apart && !is_key(field) && !own.contains(&field.name)
}

/// Whether a field is part of what tells rows apart, or holds columns.
fn is_key(field: &Field) -> bool {
    ["id", "derived", "occurrence", "extra"].contains(&field.name)
}

/// The headers of an item's extra columns.
fn headers<'i>(item: &'i dyn AnyItem) -> impl Iterator<Item = &'i str> {
    item.extra().into_iter().flat_map(|extra| extra.iter().map(|(header, _)| header))
}
