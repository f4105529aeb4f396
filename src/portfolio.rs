//! All lists of one government.

use crate::keyed::List;
use crate::kind::{AnyCatalogue, Kind};
use crate::{Record, Text};

/// The lists of one government, of whatever kinds, as one value: it is compared, changed and merged as anything.
///
/// A list is told from the others by its kind and its series ([`Header::series`](crate::Header::series)): a
/// government has one general and one own-level list of filings, and issues its decisions in parts of a year.
///
/// ```
/// use qingdan::{AnyCatalogue, Catalogue, ServiceItem, Kind, LicensingItem, Portfolio, diff, value::patched};
/// let mut portfolio = Portfolio::default();
/// portfolio.lists.push(Catalogue::<LicensingItem>::default().into()).unwrap();
/// let mut filing = Catalogue::<ServiceItem>::default();
/// filing.header.series = "own".into();
/// let mut after = portfolio.clone();
/// after.lists.push(filing.into()).unwrap();
/// let delta = diff(&portfolio, &after);
/// assert_eq!(patched(&portfolio, delta.as_ref()).unwrap(), after);
/// assert_eq!(after.of(Kind::Service).count(), 1);
/// assert!(after.lists.get("service.own").is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "portfolio")]
#[non_exhaustive]
pub struct Portfolio {
    /// Name of the government.
    pub name: Text,
    /// Division code of its region (GB/T 2260).
    pub region: Text,
    /// Its lists.
    pub lists: List<AnyCatalogue>,
}

impl Portfolio {
    /// Its lists of one kind.
    #[inline]
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &AnyCatalogue> {
        self.lists.iter().filter(move |list| list.kind() == kind)
    }
}
