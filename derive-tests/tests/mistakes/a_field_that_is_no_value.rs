use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Amount {
    yuan: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
struct Fee {
    #[record(key)]
    id: String,
    amount: Amount,
}

fn main() {}
