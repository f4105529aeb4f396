use qingdan::Record;

#[derive(Clone, Debug, PartialEq, Eq, Hash, Record)]
enum Fee {
    Free,
    Due { amount: u32 },
}

fn main() {}
