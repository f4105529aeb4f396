//! The common list that follows from an alignment (区域通办事项清单): who takes in for whom, and who decides.

use super::{AlignedItem, Alignment};
use crate::catalogue::{Catalogue, Header};
use crate::codes::{CrossRegionDirection, CrossRegionScope, ItemType, Level, ServiceObject};
use crate::item::CrossRegionItem;
use crate::keyed::{List, Set, SharedList};
use crate::kind::AnyCatalogue;
use crate::record::{AnyItem, Entry as _, Item as _, derived_id};
use crate::term::{Authority, Citation, ItemRef, Material, TimeLimit};
use crate::text_atom::Text;
use std::collections::HashMap;

/// Fields of a basis, the first that a kind has.
const BASIS: &[&str] = &["setting_basis", "basis"];
/// Fields of a limit: what is promised goes before what the law allows.
const LIMIT: &[&str] = &["limit", "promised_limit", "statutory_limit"];

impl Alignment {
    /// The items that the common list is made of: those that every list has and that correspond for certain.
    #[inline]
    pub fn agreed(&self) -> impl Iterator<Item = &AlignedItem> {
        self.items.iter().filter(|item| item.is_in_all() && item.certain && item.count() > 1)
    }
    /// The common list: the items that every list has and that correspond for certain, an entry for each place whose item
    /// it is. The other places take applications in; the place whose item it is decides, by its own organ, as its own
    /// list says (审批权不变). What the lists do not agree on is named in the remarks.
    ///
    /// `lists` are those that were aligned. What people should confirm first is left out: with their decisions, align
    /// anew. Linear.
    #[must_use]
    #[inline]
    pub fn common(&self, lists: &[&AnyCatalogue]) -> Catalogue<CrossRegionItem> {
        let mut header = Header::default();
        let places: Vec<&str> = self.lists.iter().map(|list| list.place.as_str()).collect();
        header.title = format!("{}区域通办事项清单", places.join("、"));
        let items: Vec<HashMap<String, &dyn AnyItem>> = lists
            .iter()
            .map(|list| list.items().into_iter().map(|item| (item.key().into_owned(), item)).collect())
            .collect();
        let mut entries = SharedList::new();
        for aligned in self.agreed() {
            for home in 0..places.len() {
                let own = aligned.ids[home].as_ref().zip(items.get(home)).and_then(|(id, of)| of.get(id));
                let Some(own) = own else { continue };
                let entry = entry(aligned, home, &places, &items, *own);
                // Of entries that are equal in all that an id is made of each gets a number.
                for occurrence in 1.. {
                    let mut entry = entry.clone();
                    if occurrence > 1 {
                        let _ = entry.set_occurrence(occurrence);
                    }
                    if entries.push(entry).is_ok() {
                        break;
                    }
                }
            }
        }
        Catalogue::new(header, entries)
    }
}

#[inline]
fn entry(
    aligned: &AlignedItem,
    home: usize,
    places: &[&str],
    items: &[HashMap<String, &dyn AnyItem>],
    own: &dyn AnyItem,
) -> CrossRegionItem {
    let mut entry = CrossRegionItem::new("", own.name());
    entry.sub_item = match own.sub_item() {
        "" => own.text("handling_item").as_ref().into(),
        sub => sub.into(),
    };
    for department in own.department() {
        let _ = entry.department.push(department.clone());
    }
    entry.authorities = own.get::<List<Authority>>("authorities").cloned().unwrap_or_default();
    let decides = match own.text("authorities") {
        // A list that names no authority has its departments decide.
        none if none.is_empty() => own.text("department"),
        some => some,
    };
    entry.decision_authority = decides.as_ref().into();
    entry.home = places[home].into();
    let others = places.iter().enumerate().filter(|(at, _)| *at != home);
    for (_, place) in others {
        let _ = entry.receiving.push(Text::from(*place));
    }
    entry.direction = Some(CrossRegionDirection::Outbound);
    entry.scope_kind = Some(CrossRegionScope::Regional);
    let reference = |at: usize| -> Option<ItemRef> {
        let name = aligned.names[at].as_deref().unwrap_or_default();
        let id = aligned.ids[at].as_deref()?;
        // A list without codes is referred to by its names.
        let is_derived = items.get(at).and_then(|of| of.get(id)).is_some_and(|item| item.is_derived());
        let mut reference = if is_derived { ItemRef::new(name) } else { ItemRef::coded(id, name) };
        reference.department = places[at].into();
        Some(reference)
    };
    if !own.is_derived() {
        let _ = entry.item.push(ItemRef::coded(own.id(), own.name()));
    }
    for at in 0..places.len() {
        if let Some(reference) = reference(at) {
            // Two places may give one code to it: the first names it then.
            let _ = entry.region_items.push(reference);
        }
    }
    entry.item_type = own.get::<Option<ItemType>>("item_type").cloned().flatten();
    entry.levels = own.get::<Set<Level>>("levels").cloned().unwrap_or_default();
    entry.service_objects = own.get::<Set<ServiceObject>>("service_objects").cloned().unwrap_or_default();
    entry.basis =
        BASIS.iter().find_map(|field| own.get::<List<Citation>>(field)).cloned().unwrap_or_default();
    entry.limit = LIMIT.iter().find_map(|field| own.get::<Option<TimeLimit>>(field)).cloned().flatten();
    entry.materials = own.get::<List<Material>>("materials").cloned().unwrap_or_default();
    let open: Vec<&str> = aligned.differences.iter().map(|difference| difference.title.as_str()).collect();
    if !open.is_empty() {
        entry.remarks = format!("待统一：{}", open.join("、")).into();
    }
    entry.id = derived_id(&entry.identity());
    entry.derived = true;
    entry
}
