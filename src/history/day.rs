//! The list of a day: by the days of editions, and of items where they have their own.

use super::{History, HistoryError, Knowledge};
use crate::catalogue::Header;
use crate::codes::ItemState;
use crate::kind::AnyCatalogue;
use crate::record::AnyItem;
use crate::term::{Date, When};

/// The list of a day.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OfDay {
    /// The list: the edition in force without the items that are not.
    pub list: AnyCatalogue,
    /// The labels of the editions that it is of: one, or those of parts of a year.
    pub editions: Vec<String>,
    /// Items of the edition that are not in force yet (`effective`): left out, or where an earlier edition has a form of the
    /// item that is in force, as that.
    pub waiting: Vec<String>,
    /// Items that are in force no more (`until`), or cancelled (`state`): left out.
    pub ended: Vec<String>,
    /// Items that are suspended (`state`): they stand in the list.
    pub suspended: Vec<String>,
}

/// The day from which an edition is in force: `effective`, else `published`, else `as_of`, else the first day of the year, or of
/// the quarters, that its label or title says.
///
/// ```
/// let mut header = qingdan::Header::default();
/// header.edition = "2024年第四季度".into();
/// assert_eq!(qingdan::history::in_force_from(&header), "2024-10-01".parse().ok());
/// header.effective = "2024-11-10".parse().ok();
/// assert_eq!(qingdan::history::in_force_from(&header), header.effective);
/// ```
#[must_use]
#[inline]
pub fn in_force_from(header: &Header) -> Option<Date> {
    let by_label = || {
        let month = header.quarters().map_or(1, |quarters| (quarters.start().clamp(&1, &4) - 1) * 3 + 1);
        format!("{:04}-{month:02}-01", header.year()?).parse().ok()
    };
    header.effective.or(header.published).or(header.as_of).or_else(by_label)
}

/// The edition of a day: of those in force from this day or an earlier one the latest, of one day the last.
pub(super) fn edition_of<'a>(
    headers: impl Iterator<Item = &'a Header>,
    day: Date,
) -> Result<usize, HistoryError> {
    let mut found: Option<(Date, usize)> = None;
    let mut first: Option<(Date, &str)> = None;
    for (position, header) in headers.enumerate() {
        let Some(from) = in_force_from(header) else {
            return Err(HistoryError::Undated { label: header.edition.clone() });
        };
        if first.is_none_or(|(earliest, _)| from < earliest) {
            first = Some((from, &header.edition));
        }
        if from <= day && found.is_none_or(|(latest, _)| latest <= from) {
            found = Some((from, position));
        }
    }
    let (from, first) = first.unwrap_or((day, ""));
    found.map(|(_, position)| position).ok_or_else(|| HistoryError::BeforeFirst {
        day,
        first: first.to_owned(),
        from,
    })
}

/// What a day means for an item.
#[derive(PartialEq, Eq)]
enum Standing {
    InForce,
    Suspended,
    Waiting,
    Ended,
}

#[inline]
fn standing(item: &dyn AnyItem, day: Date) -> Standing {
    let date = |field: &str| item.get::<Option<When>>(field).and_then(Option::as_ref).and_then(When::day);
    let state = item.get::<Option<ItemState>>("state").and_then(Option::as_ref);
    if date("until").is_some_and(|until| until < day) || state == Some(&ItemState::Cancelled) {
        Standing::Ended
    } else if date("effective").is_some_and(|effective| day < effective) {
        Standing::Waiting
    } else if state == Some(&ItemState::Suspended) {
        Standing::Suspended
    } else {
        Standing::InForce
    }
}

impl History {
    /// The list of a day: of the edition that is in force then ([`in_force_from`]; the day included, of several from one day
    /// the last), the items that are.
    ///
    /// Items that have days of their own go by them: one whose `effective` is still to come stands in the form that an earlier
    /// edition has of it, if that is in force, else not at all; one whose `until` is past, or whose `state` is cancelled, does
    /// not stand in the list. Suspended items do. An edition for some quarters of a year is united with those of the quarters
    /// before.
    ///
    /// Linear in the edition.
    ///
    /// # Errors
    /// The day is before the first edition, or an edition says no day.
    #[inline]
    pub fn as_of(&self, day: Date) -> Result<OfDay, HistoryError> {
        self.as_of_as(day, Knowledge::InForce)
    }
    /// The same with the corrections that are known.
    ///
    /// # Errors
    /// The day is before the first edition, or an edition says no day.
    #[inline]
    pub fn as_of_as(&self, day: Date, knowledge: Knowledge) -> Result<OfDay, HistoryError> {
        let position = edition_of(self.editions().map(|record| &record.head.header), day)?;
        let parts = self.parts_of_year(position, day);
        let list = match &parts[..] {
            [] | [_] => self.at_as(position, knowledge)?,
            parts => {
                let lists: Vec<AnyCatalogue> =
                    parts.iter().map(|at| self.at_as(*at, knowledge)).collect::<Result<_, _>>()?;
                AnyCatalogue::union(&lists)?
            }
        };
        let editions = parts.iter().map(|at| self.head(*at).label().to_owned()).collect();
        let mut out = OfDay { list, editions, waiting: vec![], ended: vec![], suspended: vec![] };
        // Lists that items are taken from, and which ones.
        let mut sources = vec![Source { of: position, list: out.list.clone() }];
        let mut picks: Vec<(usize, usize)> = Vec::with_capacity(out.list.len());
        let mut is_whole = true;
        for (at, item) in out.list.items().into_iter().enumerate() {
            let key = item.key().into_owned();
            match standing(item, day) {
                Standing::InForce => picks.push((0, at)),
                Standing::Suspended => {
                    picks.push((0, at));
                    out.suspended.push(key);
                }
                Standing::Ended => {
                    is_whole = false;
                    out.ended.push(key);
                }
                Standing::Waiting => {
                    is_whole = false;
                    picks.extend(self.form_in_force(position, &key, day, &mut sources)?);
                    out.waiting.push(key);
                }
            }
        }
        if !is_whole {
            let sources: Vec<&AnyCatalogue> = sources.iter().map(|source| &source.list).collect();
            out.list = out.list.picked(out.list.header().clone(), &sources, &picks);
        }
        Ok(out)
    }
    /// The list of a year: its last edition, or where its editions are for parts of the year all of them united, as we know
    /// them at its end.
    ///
    /// # Errors
    /// No edition is of that year.
    ///
    /// ```
    /// use qingdan::history::History;
    /// use qingdan::{AnyCatalogue, Catalogue, DecisionItem, SharedList};
    /// let part = |label: &str, ids: &[&str]| -> AnyCatalogue {
    ///     let items = ids.iter().map(|id| DecisionItem::new(*id, "甲规划"));
    ///     let mut list = Catalogue::new(Default::default(), SharedList::of(items).unwrap());
    ///     list.header.edition = label.into();
    ///     list.into()
    /// };
    /// let mut history = History::start(part("2024年1—3季度", &["1", "2"]))?;
    /// history.append(part("2024年第四季度", &["3"]), &[])?;
    /// assert_eq!(history.year(2024)?.len(), 3);
    /// # Ok::<(), qingdan::history::HistoryError>(())
    /// ```
    #[inline]
    pub fn year(&self, year: u16) -> Result<AnyCatalogue, HistoryError> {
        let of_year: Vec<usize> =
            (0..self.editions.len()).filter(|at| self.head(*at).header.year() == Some(year)).collect();
        let Some(&last) = of_year.last() else {
            return Err(HistoryError::UnknownLabel {
                label: year.to_string(),
                known: self.labels().into_iter().map(str::to_owned).collect(),
            });
        };
        // An edition for all of the year replaces those before it.
        let whole = of_year.iter().rposition(|at| self.head(*at).header.quarters().is_none());
        let parts = &of_year[whole.unwrap_or_default()..];
        if parts.len() == 1 {
            return self.at(last);
        }
        let lists: Vec<AnyCatalogue> = parts.iter().map(|at| self.at(*at)).collect::<Result<_, _>>()?;
        Ok(AnyCatalogue::union(&lists)?)
    }
    /// The positions of the editions that make the list of a day, of which this one is in force: itself, and where it is for
    /// some quarters of a year those of the quarters before.
    #[inline]
    fn parts_of_year(&self, position: usize, day: Date) -> Vec<usize> {
        let header = &self.head(position).header;
        if header.quarters().is_none() {
            return vec![position];
        }
        let mut parts = vec![position];
        for at in (0..position).rev() {
            let before = &self.head(at).header;
            if before.year() != header.year() || in_force_from(before).is_none_or(|from| from > day) {
                break;
            }
            parts.push(at);
            if before.quarters().is_none() {
                break;
            }
        }
        parts.reverse();
        parts
    }
    /// The last form before the edition at this position that an item has and that is in force on a day: the source, and the
    /// place in it. Editions are opened once, and stand among the sources from then on.
    #[inline]
    fn form_in_force(
        &self,
        position: usize,
        key: &str,
        day: Date,
        sources: &mut Vec<Source>,
    ) -> Result<Option<(usize, usize)>, HistoryError> {
        let mut key = key.to_owned();
        for at in (0..position).rev() {
            let Some(before) = self.steps()?.get(at).and_then(|step| step.before(&key)).map(str::to_owned)
            else {
                return Ok(None);
            };
            key = before;
            // The first one is the list of the day itself.
            let known = sources.iter().skip(1).position(|source| source.of == at);
            let source = if let Some(behind) = known {
                behind + 1
            } else {
                sources.push(Source { of: at, list: self.at(at)? });
                sources.len() - 1
            };
            let list = &sources[source].list;
            let Some(place) = list.position(&key) else { return Ok(None) };
            match list.item(&key).map(|item| standing(item, day)) {
                Some(Standing::InForce | Standing::Suspended) => return Ok(Some((source, place))),
                Some(Standing::Waiting) => {}
                Some(Standing::Ended) | None => return Ok(None),
            }
        }
        Ok(None)
    }
}

/// A list that items of a day are taken from.
struct Source {
    /// The position of its edition.
    of: usize,
    list: AnyCatalogue,
}
