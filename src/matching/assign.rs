//! The assignment that is best as a whole.

use std::collections::VecDeque;

/// A possible partner of a row, and what the pair is worth.
pub(super) struct Offer {
    pub(super) column: u32,
    /// Above nothing: pairs that are worth nothing are not made.
    pub(super) worth: f64,
}

/// By how much a bid rises at least. The sum of worths is within this much, times the number of rows, of the best.
const STEP: f64 = 0.005;

/// For each row the column that it is given, so that the sum of worths is as large as it can be (up to [`STEP`] a
/// row), and no column is given twice. Rows may stay without.
///
/// The auction of Bertsekas: rows bid for columns, a column goes to the highest bidder, who is outbid in turn. Prices
/// begin at nothing, so that columns that nobody wants cost nothing, which is what the bound needs. Sparse: a bid looks
/// at the row's offers alone.
pub(super) fn best(offers: &[Vec<Offer>], columns: usize) -> Vec<Option<u32>> {
    let mut price = vec![0.0_f64; columns];
    let mut owner: Vec<Option<u32>> = vec![None; columns];
    let mut given: Vec<Option<u32>> = vec![None; offers.len()];
    let mut waiting: VecDeque<u32> = (0..offers.len() as u32).collect();
    while let Some(row) = waiting.pop_front() {
        let mut best: Option<(f64, u32)> = None;
        // Staying without is worth nothing, and always open.
        let mut second = 0.0_f64;
        for offer in &offers[row as usize] {
            let net = offer.worth - price[offer.column as usize];
            match best {
                Some((most, _)) if net <= most => second = second.max(net),
                _ => {
                    if let Some((most, _)) = best {
                        second = second.max(most);
                    }
                    best = Some((net, offer.column));
                }
            }
        }
        let Some((net, column)) = best.filter(|(net, _)| *net > 0.0) else { continue };
        price[column as usize] += net - second.min(net) + STEP;
        if let Some(outbid) = owner[column as usize].replace(row) {
            given[outbid as usize] = None;
            waiting.push_back(outbid);
        }
        given[row as usize] = Some(column);
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn offers(table: &[Vec<f64>]) -> Vec<Vec<Offer>> {
        let row = |row: &Vec<f64>| {
            let worth = row.iter().enumerate().filter(|(_, w)| **w > 0.0);
            worth.map(|(column, &worth)| Offer { column: column as u32, worth }).collect()
        };
        table.iter().map(row).collect()
    }

    /// By trying all.
    fn most(table: &[Vec<f64>], row: usize, taken: u32) -> f64 {
        if row == table.len() {
            return 0.0;
        }
        let mut best = most(table, row + 1, taken);
        for (column, worth) in table[row].iter().enumerate() {
            if taken & (1 << column) == 0 && *worth > 0.0 {
                best = best.max(worth + most(table, row + 1, taken | (1 << column)));
            }
        }
        best
    }

    #[test]
    fn a_row_gives_way_where_the_whole_gains() {
        // Greedy would take 0-0 (5.0) and leave row 1 with nothing.
        let table = [vec![5.0, 4.0], vec![4.5, 0.0]];
        assert_eq!(best(&offers(&table), 2), [Some(1), Some(0)]);
    }

    proptest! {
        #[test]
        fn the_assignment_is_the_best_as_a_whole(
            table in proptest::collection::vec(proptest::collection::vec(0.0_f64..6.0, 5), 0..6)
        ) {
            let given = best(&offers(&table), 5);
            let mut taken = [false; 5];
            let mut sum = 0.0;
            for (row, column) in given.iter().enumerate() {
                let Some(column) = column else { continue };
                prop_assert!(!std::mem::replace(&mut taken[*column as usize], true));
                sum += table[row][*column as usize];
            }
            prop_assert!(sum >= most(&table, 0, 0) - STEP * table.len() as f64 - 1e-9);
        }
    }
}
