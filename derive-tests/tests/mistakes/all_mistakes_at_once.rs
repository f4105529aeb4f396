use qingdan::Record;

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(nam = "fee", key_with = key_of, atom)]
struct Fee1 {
    #[record(kee, column("收费项目"))]
    id: String,
    #[record(key, colum("名称"), lower)]
    name: String,
    #[record(key, apart, column("收费项目"))]
    title: String,
}

fn main() {}
