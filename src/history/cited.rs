//! What stood on a legal basis, and when.

use super::{History, HistoryError};
use crate::citation;
use crate::record::{AnyItem, full_name};
use crate::term::Citation;
use crate::{List, text};
use std::collections::HashMap;

/// An item that stood on a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CitedItem {
    /// Its id, as it was last.
    pub id: String,
    /// Its name, as it was last.
    pub name: String,
    /// The label of the first edition in which it did.
    pub first: String,
    /// The label of the last.
    pub last: String,
    /// Whether it does so in the last edition.
    pub stands: bool,
    /// The citations as they were written, each once.
    pub citations: Vec<String>,
}

impl History {
    /// All items that stood on a legal basis, and when: by its title whatever its edition, and where the text names articles by
    /// these. A text that names no legal text is looked for in the citations as it is.
    ///
    /// Each citation of an item that changed is read once.
    ///
    /// # Errors
    /// A record does not fit.
    ///
    /// ```
    /// use qingdan::history::History;
    /// use qingdan::{Catalogue, LicensingItem, List, SharedList, term::Citation};
    /// let mut item = LicensingItem::new("1", "林木采伐许可");
    /// item.basis = List::of([Citation::new("《中华人民共和国森林法》（2019年修订）第五十六条")]).unwrap();
    /// let mut list = Catalogue::new(Default::default(), SharedList::of([item]).unwrap());
    /// list.header.edition = "2022".into();
    /// let history = History::start(list.into())?;
    /// assert_eq!(history.citation("森林法")?[0].id, "1");
    /// assert!(history.citation("《森林法》第五条")?.is_empty());
    /// # Ok::<(), qingdan::history::HistoryError>(())
    /// ```
    #[inline]
    pub fn citation(&self, text: &str) -> Result<Vec<CitedItem>, HistoryError> {
        let wanted = Wanted::of(text);
        let steps = self.steps()?;
        let mut out: Vec<CitedItem> = Vec::new();
        let mut standing: HashMap<String, usize> = HashMap::new();
        let mut list = self.at(0)?;
        let take = |item: &dyn AnyItem, known: Option<usize>, label: &str, out: &mut Vec<CitedItem>| {
            let citations = wanted.in_item(item);
            if citations.is_empty() {
                return None;
            }
            let at = known.unwrap_or_else(|| {
                out.push(CitedItem {
                    id: String::new(),
                    name: String::new(),
                    first: label.to_owned(),
                    last: String::new(),
                    stands: false,
                    citations: Vec::new(),
                });
                out.len() - 1
            });
            let cited = &mut out[at];
            (cited.id, cited.name) = (item.key().into_owned(), full_name(item));
            for citation in citations {
                if !cited.citations.contains(&citation) {
                    cited.citations.push(citation);
                }
            }
            Some(at)
        };
        let (label, _) = self.edition_name(0);
        for item in list.items() {
            if let Some(at) = take(item, None, &label, &mut out) {
                standing.insert(item.key().into_owned(), at);
            }
        }
        for at in standing.values() {
            out[*at].last.clone_from(&label);
        }
        for (at, step) in steps.iter().enumerate() {
            list = self.after(&list, at + 1)?;
            let (label, _) = self.edition_name(at + 1);
            let before = standing.clone();
            standing.retain(|key, _| step.of_old(key).is_none());
            for adjustment in step.differences.adjustments.iter().chain(&step.differences.cosmetic) {
                for key in &adjustment.to {
                    let known = step.before(key).and_then(|old| before.get(old)).copied();
                    let Some(item) = list.item(key) else { continue };
                    if let Some(at) = take(item, known, &label, &mut out) {
                        standing.insert(key.clone(), at);
                    }
                }
            }
            for at in standing.values() {
                out[*at].last.clone_from(&label);
            }
        }
        for at in standing.values() {
            out[*at].stands = true;
        }
        Ok(out)
    }
}

/// A legal basis that is looked for.
struct Wanted {
    cited: Option<citation::Cited>,
    title: String,
    plain: String,
}

impl Wanted {
    #[inline]
    fn of(text: &str) -> Self {
        let cited = citation::bases(text).cited.into_iter().next();
        let title = cited.as_ref().map_or(text, |cited| &cited.title);
        Self { title: citation::short_title(title), plain: text::normal(text).into_owned(), cited }
    }
    #[inline]
    fn in_item(&self, item: &dyn AnyItem) -> Vec<String> {
        let all = item.all::<List<Citation>>().flat_map(|(_, list)| list.iter());
        all.filter(|citation| self.is(citation)).map(|citation| citation.text.to_string()).collect()
    }
    #[inline]
    fn is(&self, citation: &Citation) -> bool {
        let bases = citation.read();
        let by_title = bases.cited.iter().any(|found| {
            let same = citation::short_title(&found.title) == self.title;
            let wanted = self.cited.as_ref().map(|cited| cited.locators.as_slice()).unwrap_or_default();
            same && wanted.iter().all(|place| found.locators.contains(place))
        });
        by_title || self.cited.is_none() && text::normal(&citation.text).contains(&*self.plain)
    }
}
