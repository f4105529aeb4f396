//! What matching looks at in an item: names, department, acts, other fields, its place.

use super::grams::{Gram, Grams};
use crate::alias::{AliasKind, Aliases};
use crate::citation;
use crate::record::AnyItem;
use crate::term::Citation;
use crate::text::normal;
use crate::watch::{Stopped, Watch};
use crate::{List, Map, Text};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::hash::BuildHasher as _;

/// Fields that say how a list names or numbers its items, or that are signals of their own.
const NOT_CONTENT: [&str; 8] =
    ["id", "derived", "occurrence", "name", "sub_item", "department", "parent", "extra"];

/// One item as matching sees it.
pub(super) struct Profile {
    pub(super) key: String,
    /// Name and sub item in normal form, as a number that both lists share.
    pub(super) name: u32,
    /// The same without words of level and scope.
    pub(super) base: u32,
    /// Who has it, as a number that both lists share; 0: nobody is named.
    pub(super) department: u32,
    /// Whether the name is the end of the department's: the row of the department itself.
    pub(super) head: bool,
    /// Titles of the acts behind it, sorted.
    pub(super) acts: Vec<u32>,
    /// Other fields that have a value: number of the field, hash of the value; sorted.
    pub(super) content: Vec<(u16, u64)>,
    pub(super) grams: Vec<Gram>,
}

/// Both lists.
pub(super) struct Both {
    pub(super) old: Vec<Profile>,
    pub(super) new: Vec<Profile>,
    /// The names of departments, by number.
    pub(super) departments: Vec<String>,
    /// The names, by number: as they are, and without words of level and scope.
    pub(super) names: Vec<String>,
    /// How many other fields there are.
    pub(super) fields: usize,
    /// How many n-grams there are.
    pub(super) kinds: usize,
}

/// Texts as numbers.
#[derive(Default)]
struct Numbers(HashMap<String, u32, FixedState>);

impl Numbers {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(number) = self.0.get(text) {
            return *number;
        }
        let next = self.0.len() as u32;
        self.0.insert(text.to_owned(), next);
        next
    }
    /// The texts by number.
    fn texts(self) -> Vec<String> {
        let mut texts = vec![String::new(); self.0.len()];
        for (text, number) in self.0 {
            texts[number as usize] = text;
        }
        texts
    }
}

/// Who has an item: the departments, or the authorities where none is named; by the names that they are registered under.
pub(super) fn holder(item: &dyn AnyItem, aliases: &Aliases) -> String {
    let one = |text: &str| aliases.canonical(&AliasKind::Organ, text, None).into_owned();
    let departments = item.department();
    let words: Vec<String> = if departments.is_empty() {
        crate::cell::cut(&item.text("authorities"), &['、', '；', ';', '\n']).into_iter().map(one).collect()
    } else {
        departments.iter().map(|text| one(text)).collect()
    };
    words.join("、")
}

/// A name with its sub item's, as it is compared.
pub(super) fn named(item: &dyn AnyItem) -> (String, String) {
    let (name, sub) = (item.name(), item.sub_item());
    let base = |name: &str| crate::name::without_articles(&crate::name::read(name).base);
    let (form, base_of_name) = (normal(name).into_owned(), base(name));
    if sub.is_empty() {
        return (form, base_of_name);
    }
    (format!("{form}—{}", normal(sub)), format!("{base_of_name}—{}", base(sub)))
}

impl Both {
    pub(super) fn of(
        before: &[&dyn AnyItem],
        after: &[&dyn AnyItem],
        aliases: &Aliases,
        watch: &mut Watch<'_>,
    ) -> Result<Self, Stopped> {
        let state = FixedState::with_seed(7);
        let (mut names, mut departments, mut acts) =
            (Numbers::default(), Numbers::default(), Numbers::default());
        departments.of("");
        let mut fields = Numbers::default();
        let mut texts: Vec<String> = Vec::with_capacity(before.len() + after.len());
        let all = before.len() + after.len();
        let mut read = |items: &[&dyn AnyItem]| -> Result<Vec<Profile>, Stopped> {
            let mut profiles = Vec::with_capacity(items.len());
            for item in items {
                watch.at(texts.len(), all)?;
                let (name, base) = named(*item);
                let holder = holder(*item, aliases);
                let head = !holder.is_empty() && holder.ends_with(name.as_str());
                let mut titles: Vec<u32> = Vec::new();
                for (_, list) in item.all::<List<Citation>>() {
                    for cited in list {
                        titles.extend(act(cited).map(|title| acts.of(&title)));
                    }
                }
                titles.sort_unstable();
                titles.dedup();
                let mut content = Vec::new();
                for (at, field) in item.fields().iter().enumerate() {
                    if NOT_CONTENT.contains(&field.name) || field.marks.position {
                        continue;
                    }
                    if field.name == "authorities" && item.department().is_empty() {
                        continue;
                    }
                    let Some(value) = item.value(at) else { continue };
                    if value.as_any().is::<List<Citation>>() {
                        continue;
                    }
                    let shown = value.shown();
                    content.push((fields.of(field.name) as u16, state.hash_one(&*normal(&shown))));
                }
                for (header, text) in item.extra().into_iter().flat_map(Map::iter) {
                    let text: &Text = text;
                    let field = fields.of(&format!("extra/{header}"));
                    content.push((field.min(u32::from(u16::MAX)) as u16, state.hash_one(&*normal(text))));
                }
                content.sort_unstable();
                profiles.push(Profile {
                    key: item.key().into_owned(),
                    name: names.of(&name),
                    base: names.of(&base),
                    department: departments.of(&holder),
                    head,
                    acts: titles,
                    content,
                    grams: Vec::new(),
                });
                texts.push(base);
            }
            Ok(profiles)
        };
        let (mut old, mut new) = (read(before)?, read(after)?);
        let grams = Grams::of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let kinds = grams.kinds;
        for (profile, own) in old.iter_mut().chain(&mut new).zip(grams.names) {
            profile.grams = own;
        }
        let (departments, names) = (departments.texts(), names.texts());
        Ok(Self { old, new, departments, names, fields: fields.0.len(), kinds })
    }
}

/// The act that a citation is of, as it is compared.
fn act(cited: &Citation) -> Option<String> {
    let title = cited.title();
    let title = if title.is_empty() { return None } else { citation::short_title(&title) };
    Some(normal(&title).into_owned())
}
