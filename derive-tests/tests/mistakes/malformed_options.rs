use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name, text = true)]
struct Fee {
    #[record(key = "id", column)]
    id: String,
    #[record(column())]
    name: String,
    #[record(column("收费", ""))]
    what: String,
}

fn main() {}
