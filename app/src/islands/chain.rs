//! The addresses of a chain while somebody puts them in order. No browser: what happens to them, and in which order.

/// A field with an address in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Stays with the field wherever it is moved.
    pub(super) key: usize,
    pub(super) url: String,
}

/// The fields in their order; there is always one.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    rows: Vec<Row>,
    keys: usize,
    most: usize,
}

impl Chain {
    /// Of `text` with one address a line.
    pub(super) fn new(text: &str, most: usize) -> Self {
        let mut chain = Self { most, ..Self::default() };
        let urls: Vec<&str> = lines(text).collect();
        let urls = if urls.is_empty() { vec![""] } else { urls };
        for url in urls {
            let row = chain.row(url);
            chain.rows.push(row);
        }
        chain
    }

    fn row(&mut self, url: &str) -> Row {
        self.keys += 1;
        Row { key: self.keys, url: url.to_owned() }
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// One address a line, as the server takes them.
    pub(super) fn text(&self) -> String {
        let urls: Vec<&str> =
            self.rows.iter().map(|row| row.url.trim()).filter(|url| !url.is_empty()).collect();
        urls.join("\n")
    }

    /// From 0.
    pub(super) fn place(&self, key: usize) -> Option<usize> {
        self.rows.iter().position(|row| row.key == key)
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= self.most
    }

    pub(super) fn set(&mut self, key: usize, url: String) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.key == key) {
            row.url = url;
        }
    }

    /// Whether it is elsewhere now.
    pub(super) fn shift(&mut self, key: usize, to: usize) -> bool {
        let to = to.min(self.rows.len().saturating_sub(1));
        let Some(from) = self.place(key).filter(|from| *from != to) else { return false };
        let row = self.rows.remove(from);
        self.rows.insert(to, row);
        true
    }

    /// A field at the end; its key, if there is room for one.
    pub(super) fn add(&mut self) -> Option<usize> {
        if self.is_full() {
            return None;
        }
        let row = self.row("");
        let key = row.key;
        self.rows.push(row);
        Some(key)
    }

    /// The field that takes its place; the last one is emptied.
    pub(super) fn remove(&mut self, key: usize) -> Option<usize> {
        let place = self.place(key)?;
        self.rows.remove(place);
        if self.rows.is_empty() {
            return self.add();
        }
        self.rows.get(place).or(self.rows.last()).map(|row| row.key)
    }

    /// Several lines that were pasted into a field: a field each, of which the first takes the place of one that was
    /// empty. The last of them, and how many there was no room for.
    pub(super) fn paste(&mut self, key: usize, text: &str) -> Option<(usize, usize)> {
        let place = self.place(key)?;
        let is_empty = self.rows.get(place).is_some_and(|row| row.url.trim().is_empty());
        let room = (self.most + usize::from(is_empty)).saturating_sub(self.rows.len());
        let mut urls = lines(text);
        let pasted: Vec<Row> = urls.by_ref().take(room).map(|url| self.row(url)).collect();
        let last = pasted.last().map_or(key, |row| row.key);
        let replaced = if is_empty && !pasted.is_empty() { place..place + 1 } else { place + 1..place + 1 };
        self.rows.splice(replaced, pasted);
        Some((last, urls.count()))
    }
}

/// The addresses in a text.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(chain: &Chain) -> Vec<&str> {
        chain.rows().iter().map(|row| row.url.as_str()).collect()
    }

    fn key(chain: &Chain, place: usize) -> usize {
        chain.rows()[place].key
    }

    #[test]
    fn fields_move_with_what_is_in_them() {
        let mut chain = Chain::new("a\n\n b \nc", 20);
        assert_eq!(urls(&chain), ["a", "b", "c"]);
        let a = key(&chain, 0);
        assert!(chain.shift(a, 2));
        assert!(!chain.shift(a, 7), "it is last already");
        assert_eq!((urls(&chain), chain.place(a)), (vec!["b", "c", "a"], Some(2)));
        assert_eq!(chain.text(), "b\nc\na");
    }

    #[test]
    fn there_is_always_a_field_and_never_too_many() {
        let mut chain = Chain::new("", 2);
        assert_eq!((urls(&chain), chain.text()), (vec![""], String::new()));
        let second = chain.add().unwrap();
        assert_eq!(chain.add(), None);
        assert_eq!(chain.remove(second), Some(key(&chain, 0)));
        let only = key(&chain, 0);
        chain.set(only, "a".into());
        let left = chain.remove(only).unwrap();
        assert_eq!((urls(&chain), chain.place(left)), (vec![""], Some(0)));
    }

    #[test]
    fn pasted_lines_become_fields() {
        let mut chain = Chain::new("a\nz", 5);
        let empty = chain.add().unwrap();
        let (last, left_out) = chain.paste(empty, "b\nc\r\n").unwrap();
        assert_eq!((chain.place(last), left_out), (Some(3), 0));
        assert_eq!(urls(&chain), ["a", "z", "b", "c"]);
        let first = key(&chain, 0);
        assert_eq!(chain.paste(first, "d\ne\nf").unwrap().1, 2);
        assert_eq!(urls(&chain), ["a", "d", "z", "b", "c"]);
        assert_eq!(chain.paste(first, "g"), Some((first, 1)));
    }
}
