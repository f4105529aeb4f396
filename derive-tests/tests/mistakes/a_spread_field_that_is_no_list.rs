use qingdan::{Record, SpreadColumn, Text};

const RATES: &[SpreadColumn] = &[SpreadColumn::new("城区标准", "城区")];

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "fee")]
struct Fee {
    #[record(key)]
    id: String,
    #[record(spread = RATES)]
    rates: Text,
}

fn main() {}
