//! Lives of items: every form that one had, through splits and mergers; who last changed a field; what stands for an id now.

use super::steps::Step;
use super::{Document, History, HistoryError, LogRow};
use crate::adjustment::FieldChange;
use crate::codes::AdjustmentKind;
use crate::kind::AnyCatalogue;
use crate::lineage::{Lineage, Link, Reason, Share};
use crate::record::{AnyItem, full_name};
use crate::sorting::Sorting as _;
use crate::term::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A form of an item: the editions in which it was so, without a break.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Form {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its department, the first.
    pub department: String,
    /// The label of the first edition that has it so.
    pub first: String,
    /// The label of the last.
    pub last: String,
    /// The positions of both among the editions, from 0.
    pub span: (usize, usize),
}

/// An item at one end of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct End {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The form of the life that it is; `None`: it is another item, told for its part in the change.
    pub form: Option<usize>,
}

/// What happened to an item from one edition to the next.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Transition {
    /// The label of the edition that brought it.
    pub edition: String,
    /// From when that is in force, where it says so.
    pub effective: Option<Date>,
    /// The position of that edition, from 0.
    pub position: usize,
    /// What it is called; `None`: a part went over, or the spelling changed alone.
    pub kind: Option<AdjustmentKind>,
    /// The other kinds that hold.
    pub also: Vec<AdjustmentKind>,
    /// What was before; empty: it was new.
    pub from: Vec<End>,
    /// What was after; empty: it ended.
    pub to: Vec<End>,
    /// Whether the items became one another, or a part went over.
    pub share: Share,
    /// What changed in it.
    pub fields: Vec<FieldChange>,
    /// How it is known, the strongest reason first.
    pub reasons: Vec<Reason>,
    /// How sure it is.
    pub confidence: f64,
    /// Whether a person need not confirm it.
    pub certain: bool,
    /// The decision behind it.
    pub documents: Vec<Document>,
}

/// The life of an item: a graph of forms, and the changes between them.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Life {
    /// The id that was asked for.
    pub id: String,
    /// The forms, the oldest first.
    pub forms: Vec<Form>,
    /// The changes, the oldest first: each joins forms, or begins or ends one.
    pub changes: Vec<Transition>,
}

/// The edition that last changed a field of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blamed {
    /// The field, by name; an extra column by header.
    pub field: String,
    /// What people call it.
    pub title: String,
    /// Its value now.
    pub value: String,
    /// The label of the edition that gave it this value.
    pub edition: String,
    /// From when that is in force, where it says so.
    pub effective: Option<Date>,
    /// The decision behind it.
    pub documents: Vec<Document>,
}

/// Who last changed what in an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Blame {
    /// The id of the item, in the last edition that has it.
    pub id: String,
    /// The label of that edition.
    pub edition: String,
    /// The fields that hold something, in their order.
    pub fields: Vec<Blamed>,
}

/// An item of the last edition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is what the old item became, or took a part of it over.
    pub is_part: bool,
}

/// How a thing ended of which nothing stands any more.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gone {
    /// The last id that it had.
    pub id: String,
    /// The label of the edition that has it no more.
    pub edition: String,
    /// From when that is in force, where it says so.
    pub effective: Option<Date>,
    /// The decision behind it.
    pub documents: Vec<Document>,
}

/// One thing that an id stood for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Thing {
    /// Its last name under that id.
    pub name: String,
    /// The label of the first edition in which the id stands for it.
    pub first: String,
    /// The label of the last.
    pub last: String,
    /// What stands for it in the last edition: itself if it lives on, then what came of it since it had the id.
    pub now: Vec<Standing>,
    /// How it ended, where nothing does.
    pub gone: Option<Gone>,
}

/// What stands for an id of any time today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Today {
    /// The id.
    pub id: String,
    /// The things that it stood for, the oldest first: more than one where it was given away and given anew.
    pub things: Vec<Thing>,
}

/// Fields that say how the list names an item, beside its id.
const NAMING: [&str; 2] = ["derived", "occurrence"];

/// An item of an edition: its position, and its key there.
type Node = (usize, String);

/// A history, with the lists that were opened so far.
struct Walk<'a> {
    history: &'a History,
    steps: &'a [Step],
    opened: HashMap<usize, AnyCatalogue>,
}

impl<'a> Walk<'a> {
    #[inline]
    fn of(history: &'a History) -> Result<Self, HistoryError> {
        Ok(Self { history, steps: history.steps()?, opened: HashMap::new() })
    }
    #[inline]
    fn last(&self) -> usize {
        self.history.editions.len() - 1
    }
    #[inline]
    fn list(&mut self, position: usize) -> Result<&AnyCatalogue, HistoryError> {
        if !self.opened.contains_key(&position) {
            // From the last one that is open, where no whole list stands nearer.
            let is_whole = |at: &usize| self.history.records[self.history.editions[*at]].is_checkpoint();
            let checkpoint = (0..=position).rev().find(is_whole).unwrap_or_default();
            let before = self.opened.keys().filter(|at| (checkpoint..position).contains(at)).max().copied();
            let list = match before {
                Some(before) => {
                    let mut list = self.opened[&before].clone();
                    for at in before + 1..=position {
                        list = self.history.after(&list, at)?;
                    }
                    list
                }
                None => self.history.at(position)?,
            };
            self.opened.insert(position, list);
        }
        Ok(&self.opened[&position])
    }
    fn with<T: Default>(&mut self, node: &Node, read: impl Fn(&dyn AnyItem) -> T) -> Result<T, HistoryError> {
        Ok(self.list(node.0)?.item(&node.1).map(read).unwrap_or_default())
    }
    #[inline]
    fn name(&mut self, node: &Node) -> Result<String, HistoryError> {
        self.with(node, full_name)
    }
    /// Parts that an item gave away in the step behind its edition.
    #[inline]
    fn parts_from(&self, (position, key): &Node) -> Vec<&'a Link> {
        if *position >= self.last() {
            return Vec::new();
        }
        self.history.parts_at(position + 1).filter(|link| link.from.contains(key)).collect()
    }
    /// Parts that an item was given in the step to its edition.
    #[inline]
    fn parts_to(&self, (position, key): &Node) -> Vec<&'a Link> {
        if *position == 0 {
            return Vec::new();
        }
        self.history.parts_at(*position).filter(|link| link.to.contains(key)).collect()
    }
    /// What an item became in the next edition: what carries it on first. Where nothing does, what took parts of it over.
    #[inline]
    fn next(&self, node: &Node) -> Vec<(Node, Share)> {
        let Some(step) = self.steps.get(node.0) else { return Vec::new() };
        let whole = match step.of_old(&node.1) {
            None => vec![node.1.clone()],
            Some((_, adjustment)) => adjustment.to.clone(),
        };
        let (keys, share) = if whole.is_empty() {
            let parts = self.parts_from(node);
            (parts.into_iter().flat_map(|link| link.to.iter().cloned()).collect(), Share::Part)
        } else {
            (whole, Share::Whole)
        };
        keys.into_iter().map(|key| ((node.0 + 1, key), share)).collect()
    }
    /// What an item was in the edition before; where it was nothing, what it took parts of.
    #[inline]
    fn previous(&self, node: &Node) -> Vec<Node> {
        let Some(step) = node.0.checked_sub(1).and_then(|at| self.steps.get(at)) else { return Vec::new() };
        let whole = match step.of_new(&node.1) {
            None => vec![node.1.clone()],
            Some((_, adjustment)) => adjustment.from.clone(),
        };
        let keys: Vec<String> = if whole.is_empty() {
            self.parts_to(node).into_iter().flat_map(|link| link.from.iter().cloned()).collect()
        } else {
            whole
        };
        keys.into_iter().map(|key| (node.0 - 1, key)).collect()
    }
    /// The positions of editions that have an item of this id.
    #[inline]
    fn positions(&mut self, id: &str) -> Result<Vec<usize>, HistoryError> {
        let mut there = self.list(0)?.has(id);
        let mut found = if there { vec![0] } else { Vec::new() };
        for (at, step) in self.steps.iter().enumerate() {
            there = step.of_new(id).is_some() || there && step.of_old(id).is_none();
            if there {
                found.push(at + 1);
            }
        }
        if found.is_empty() { Err(HistoryError::UnknownItem { id: id.to_owned() }) } else { Ok(found) }
    }
    #[inline]
    fn end(&mut self, node: Node, forms: &BTreeMap<Node, usize>) -> Result<End, HistoryError> {
        Ok(End { name: self.name(&node)?, form: forms.get(&node).copied(), id: node.1 })
    }
    #[inline]
    fn ends(
        &mut self,
        position: usize,
        keys: &[String],
        forms: &BTreeMap<Node, usize>,
    ) -> Result<Vec<End>, HistoryError> {
        keys.iter().map(|key| self.end((position, key.clone()), forms)).collect()
    }
}

/// All nodes that come of these, or that these come of.
#[inline]
fn closure(seeds: &[Node], onwards: &dyn Fn(&Node) -> Vec<Node>) -> BTreeSet<Node> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Node> = seeds.to_vec();
    while let Some(node) = open.pop() {
        if found.insert(node.clone()) {
            open.extend(onwards(&node));
        }
    }
    found
}

#[inline]
fn department(item: &dyn AnyItem) -> String {
    item.department().first().map(ToString::to_string).unwrap_or_default()
}

impl History {
    /// The life of an item of any time: every form it had and why it changed, back to its origins and on to its successors,
    /// through splits and mergers. Parts that went over between items that live on are told, and not followed.
    ///
    /// Linear in its life, once [`differences`](Self::differences) are found.
    ///
    /// # Errors
    /// No edition has the id.
    ///
    /// ```
    /// use qingdan::history::{Grounds, History};
    /// use qingdan::lineage::{Lineage, Link, Reason};
    /// use qingdan::{AnyCatalogue, Catalogue, LicensingItem, SharedList};
    /// let edition = |label: &str, ids: &[&str]| -> AnyCatalogue {
    ///     let items = SharedList::of(ids.iter().map(|id| LicensingItem::new(*id, format!("许可{id}")))).unwrap();
    ///     let mut list = Catalogue::new(Default::default(), items);
    ///     list.header.edition = label.into();
    ///     list.into()
    /// };
    /// let mut history = History::start(edition("2022", &["A"]))?;
    /// let mut split = Link::new("A", "B1", Reason::Decided);
    /// split.to.push("B2".into());
    /// let lineage = Lineage { links: vec![split], ..Lineage::default() };
    /// history.append_as(edition("2023", &["B1", "B2"]), &lineage, &Grounds::default())?;
    /// let life = history.lineage("A")?;
    /// let ids: Vec<&str> = life.forms.iter().map(|form| form.id.as_str()).collect();
    /// assert_eq!(ids, ["A", "B1", "B2"]);
    /// assert_eq!(life.changes[0].kind, Some(qingdan::codes::AdjustmentKind::Split));
    /// # Ok::<(), qingdan::history::HistoryError>(())
    /// ```
    #[inline]
    pub fn lineage(&self, id: &str) -> Result<Life, HistoryError> {
        let mut walk = Walk::of(self)?;
        let seeds: Vec<Node> = walk.positions(id)?.into_iter().map(|at| (at, id.to_owned())).collect();
        let mut nodes = closure(&seeds, &|node| walk.previous(node));
        nodes.extend(closure(&seeds, &|node| walk.next(node).into_iter().map(|(node, _)| node).collect()));
        let mut life = Life { id: id.to_owned(), ..Life::default() };
        let mut forms: BTreeMap<Node, usize> = BTreeMap::new();
        // The changes that touch a node, by edition and by number.
        let mut touched: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut parts: Vec<(usize, &Link)> = Vec::new();
        for node in &nodes {
            let (position, key) = node;
            let came = position.checked_sub(1).and_then(|at| self.steps().ok()?.get(at)?.of_new(key));
            let stayed =
                came.is_none().then(|| forms.get(&(position.wrapping_sub(1), key.clone()))).flatten();
            let (label, _) = self.edition_name(*position);
            let form = if let Some(&form) = stayed {
                life.forms[form].last = label;
                life.forms[form].span.1 = *position;
                form
            } else {
                // One that only took a part over may have been so before.
                let is_new = |at: &usize| *at == 0 || walk.steps[*at - 1].of_new(key).is_some();
                let first = (0..=*position).rev().find(is_new).unwrap_or(*position);
                life.forms.push(Form {
                    id: key.clone(),
                    name: walk.name(node)?,
                    department: walk.with(node, department)?,
                    first: self.edition_name(first).0,
                    last: label,
                    span: (first, *position),
                });
                life.forms.len() - 1
            };
            forms.insert(node.clone(), form);
            touched.extend(came.map(|(at, _)| (*position, at)));
            let went = walk.steps.get(*position).and_then(|step| step.of_old(key));
            touched.extend(went.map(|(at, _)| (position + 1, at)));
            let given = walk.parts_from(node).into_iter().map(|link| (position + 1, link));
            let taken = walk.parts_to(node).into_iter().map(|link| (*position, link));
            for part in given.chain(taken) {
                if !parts.iter().any(|known| known.0 == part.0 && std::ptr::eq(known.1, part.1)) {
                    parts.push(part);
                }
            }
        }
        for (position, at) in touched {
            let told = &walk.steps[position - 1].differences;
            let cosmetic = at.checked_sub(told.adjustments.len());
            let adjustment = match cosmetic {
                None => &told.adjustments[at],
                Some(at) => &told.cosmetic[at],
            };
            let (edition, effective) = self.edition_name(position);
            life.changes.push(Transition {
                edition,
                effective,
                position,
                kind: cosmetic.is_none().then(|| adjustment.kind.clone()),
                also: adjustment.also.clone(),
                from: walk.ends(position - 1, &adjustment.from, &forms)?,
                to: walk.ends(position, &adjustment.to, &forms)?,
                share: Share::Whole,
                fields: if adjustment.from.is_empty() || adjustment.to.is_empty() {
                    Vec::new()
                } else {
                    adjustment.changes.clone()
                },
                reasons: adjustment.reasons.clone(),
                confidence: adjustment.confidence,
                certain: adjustment.certain,
                documents: self.documents_of(position, &adjustment.document),
            });
        }
        for (position, link) in parts {
            let (edition, effective) = self.edition_name(position);
            life.changes.push(Transition {
                edition,
                effective,
                position,
                kind: link.kind.clone(),
                also: Vec::new(),
                from: walk.ends(position - 1, &link.from, &forms)?,
                to: walk.ends(position, &link.to, &forms)?,
                share: Share::Part,
                fields: Vec::new(),
                reasons: link.reasons.clone(),
                confidence: link.confidence,
                certain: link.certain,
                documents: self.documents_of(position, &link.document),
            });
        }
        life.changes.order_by_key(|change| (change.position, change.share == Share::Part));
        Ok(life)
    }
    /// For each field of an item, the edition that last changed it, with the decision. Of an item that is gone, as it was last.
    ///
    /// An item that came of a split has its fields from there; one that others went into keeps those of the item that carries
    /// on.
    ///
    /// # Errors
    /// No edition has the id.
    #[inline]
    pub fn blame(&self, id: &str) -> Result<Blame, HistoryError> {
        let mut walk = Walk::of(self)?;
        let last = walk.positions(id)?.last().copied().unwrap_or_default();
        let mut node: Node = (last, id.to_owned());
        let list = walk.list(last)?.clone();
        let item = list.item(id).ok_or_else(|| HistoryError::UnknownItem { id: id.to_owned() })?;
        let mut open: Vec<(String, String, String)> = Vec::new();
        for (at, field) in item.fields().iter().enumerate() {
            let Some(value) = item.value(at) else { continue };
            if NAMING.contains(&field.name) {
                continue;
            }
            match item.extra().filter(|_| field.name == "extra") {
                Some(extra) => open.extend(
                    extra
                        .iter()
                        .map(|(header, value)| (header.to_owned(), header.to_owned(), value.to_string())),
                ),
                None => {
                    open.push((field.name.to_owned(), field.title().to_owned(), value.shown().into_owned()));
                }
            }
        }
        let mut found: HashMap<String, (usize, String)> = HashMap::new();
        let mut origin = (0, String::new());
        while let Some(step) = node.0.checked_sub(1).map(|at| &walk.steps[at]) {
            if let Some((_, adjustment)) = step.of_new(&node.1) {
                let here = (node.0, adjustment.document.clone());
                for change in &adjustment.changes {
                    found.entry(change.field.clone()).or_insert_with(|| here.clone());
                }
                if adjustment.from != adjustment.to {
                    found.entry("id".to_owned()).or_insert_with(|| here.clone());
                }
                origin = here;
            }
            match step.before(&node.1) {
                Some(before) => node = (node.0 - 1, before.to_owned()),
                None => break,
            }
        }
        // What no change names is as it was where the item began.
        if node.0 == 0 {
            origin = (0, self.head(0).header.document.to_string());
        }
        let mut blame = Blame { id: id.to_owned(), edition: self.edition_name(last).0, fields: Vec::new() };
        for (field, title, value) in open {
            let (position, document) = found.get(&field).cloned().unwrap_or_else(|| origin.clone());
            let (edition, effective) = self.edition_name(position);
            let documents = self.documents_of(position, &document);
            blame.fields.push(Blamed { field, title, value, edition, effective, documents });
        }
        Ok(blame)
    }
    /// What stands today for an id of any time: old links find their way. An id that was given to another thing later stands for
    /// several things, each of which is told.
    ///
    /// # Errors
    /// No edition has the id.
    #[inline]
    pub fn today(&self, id: &str) -> Result<Today, HistoryError> {
        let mut walk = Walk::of(self)?;
        let positions = walk.positions(id)?;
        // Stretches in which the id stands for one thing.
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for at in positions {
            let carried = at > 0 && walk.steps[at - 1].before(id) == Some(id);
            match stretches.last_mut() {
                Some(last) if last.1 + 1 == at && carried => last.1 = at,
                _ => stretches.push((at, at)),
            }
        }
        let mut today = Today { id: id.to_owned(), things: Vec::new() };
        for (first, last) in stretches {
            let mut now: BTreeMap<Node, bool> = BTreeMap::new();
            let mut ended: Option<Node> = None;
            let mut open: BTreeMap<Node, bool> = BTreeMap::from([((first, id.to_owned()), false)]);
            while let Some((node, is_part)) = open.pop_first() {
                if node.0 == walk.last() {
                    let known = now.entry(node).or_insert(is_part);
                    *known = *known && is_part;
                    continue;
                }
                let next = walk.next(&node);
                if next.is_empty() && ended.as_ref().is_none_or(|known| known.0 <= node.0) {
                    ended = Some(node);
                    continue;
                }
                for (next, share) in next {
                    let is_part = is_part || share == Share::Part;
                    let known = open.entry(next).or_insert(is_part);
                    *known = *known && is_part;
                }
            }
            let mut thing = Thing {
                name: walk.name(&(last, id.to_owned()))?,
                first: self.edition_name(first).0,
                last: self.edition_name(last).0,
                now: Vec::new(),
                gone: None,
            };
            for (node, is_part) in now {
                thing.now.push(Standing { name: walk.name(&node)?, id: node.1, is_part });
            }
            // What still has the id, then what it became whole.
            thing.now.order_by_key(|now| (now.id != id, now.is_part));
            if let (true, Some((position, key))) = (thing.now.is_empty(), ended) {
                let (edition, effective) = self.edition_name(position + 1);
                let adjustment = walk.steps[position].of_old(&key).map(|(_, adjustment)| adjustment);
                let document = adjustment.map(|adjustment| adjustment.document.as_str()).unwrap_or_default();
                let documents = self.documents_of(position + 1, document);
                thing.gone = Some(Gone { id: key, edition, effective, documents });
            }
            today.things.push(thing);
        }
        Ok(today)
    }
    /// The rows of the change log that are about an item, through all its forms.
    ///
    /// # Errors
    /// No edition has the id.
    #[inline]
    pub fn log_of(&self, id: &str) -> Result<Vec<LogRow>, HistoryError> {
        let life = self.lineage(id)?;
        let is_of = |row: &LogRow| {
            let here = |form: &Form| form.id == row.item;
            life.forms.iter().any(here)
                && life.changes.iter().any(|change| {
                    change.edition == row.edition
                        && change.from.iter().chain(&change.to).any(|end| end.id == row.item)
                })
        };
        Ok(self.log()?.into_iter().filter(is_of).collect())
    }
}

/// The lineages of the steps from one edition to a later one, joined.
#[inline]
pub(super) fn joined(history: &History, from: usize, to: usize) -> Result<Lineage, HistoryError> {
    let walk = Walk::of(history)?;
    let (first, last) = (history.at(from)?, history.at(to)?);
    // By old key what it became, the one that carries it on first.
    let mut became: Vec<(String, Vec<String>)> = Vec::new();
    // How sure the least sure step was, of those that some step was not sure of.
    let mut doubts: HashMap<String, f64> = HashMap::new();
    // Those that went into an item that carries another one on.
    let mut absorbed: HashSet<String> = HashSet::new();
    for item in first.items() {
        let key = item.key().into_owned();
        let (mut sure, mut certain, mut leads) = (1.0_f64, true, true);
        let mut keys = vec![key.clone()];
        for step in &walk.steps[from..to] {
            let mut next: Vec<String> = Vec::new();
            for key in keys {
                let here = match step.of_old(&key) {
                    None => vec![key],
                    Some((_, adjustment)) => {
                        sure = sure.min(adjustment.confidence);
                        certain &= adjustment.certain;
                        leads &= adjustment.from.first() == Some(&key);
                        adjustment.to.clone()
                    }
                };
                for key in here {
                    if !next.contains(&key) {
                        next.push(key);
                    }
                }
            }
            keys = next;
        }
        if !certain {
            doubts.insert(key.clone(), sure);
        }
        if !leads {
            absorbed.insert(key.clone());
        }
        became.push((key, keys));
    }
    let mut sources: HashMap<&str, Vec<&str>> = HashMap::new();
    for (old, keys) in &became {
        for key in keys {
            sources.entry(key).or_default().push(old);
        }
    }
    let alone: BTreeSet<&str> =
        became.iter().filter(|(_, keys)| keys.len() == 1).map(|(old, _)| old.as_str()).collect();
    let mut lineage = Lineage::default();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (old, keys) in &became {
        let from = match &keys[..] {
            [] => {
                if last.has(old) {
                    lineage.parted.push(old.clone());
                }
                continue;
            }
            [only] => {
                let from = sources.get(only.as_str()).cloned().unwrap_or_default();
                if from == [old.as_str()] && old == only || !told.insert(only) {
                    continue;
                }
                let mut from: Vec<String> =
                    from.into_iter().filter(|from| alone.contains(from)).map(str::to_owned).collect();
                // The one that the new item carries on stands first.
                from.order_by_key(|old| absorbed.contains(old));
                from
            }
            _ => vec![old.clone()],
        };
        let mut link = Link::new("", "", Reason::Linked);
        link.from = from;
        link.to = keys.clone();
        let doubt = link.from.iter().filter_map(|old| doubts.get(old)).copied().reduce(f64::min);
        link.certain = doubt.is_none();
        link.confidence = doubt.unwrap_or(1.0);
        lineage.links.push(link);
        if last.has(old) && !keys.contains(old) && !sources.contains_key(old.as_str()) {
            lineage.parted.push(old.clone());
        }
    }
    Ok(lineage)
}
