//! One style sheet out of `style/main.css` and the files its `@import` lines name.
//! Knows only imports that stand at the top and name a file beside them: the rest of CSS is passed through.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// Every `@import` line is replaced by the file it names; with `layer(NAME)` the file's text stands in that layer.
pub(crate) fn bundle(main: &Path) -> Result<String> {
    let text = std::fs::read_to_string(main).with_context(|| main.display().to_string())?;
    let folder = main.parent().context("a file has a folder")?;
    let mut sheet = String::new();
    for line in text.lines() {
        match import(line)? {
            None => sheet.push_str(line),
            Some(import) => {
                let part = bundle(&folder.join(import.file))?;
                match import.layer {
                    Some(layer) => sheet.push_str(&format!("@layer {layer} {{\n{part}}}")),
                    None => sheet.push_str(part.trim_end()),
                }
            }
        }
        sheet.push('\n');
    }
    Ok(sheet)
}

#[derive(Debug, PartialEq, Eq)]
struct Import<'a> {
    file: &'a str,
    layer: Option<&'a str>,
}

/// Reads `@import "file.css";` or `@import "file.css" layer(name);`.
fn import(line: &str) -> Result<Option<Import<'_>>> {
    let Some(rest) = line.trim().strip_prefix("@import") else { return Ok(None) };
    let parsed = rest.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix(';')).and_then(|rest| {
        let (file, condition) = rest.split_once('"')?;
        let layer = match condition.trim() {
            "" => None,
            condition => Some(condition.strip_prefix("layer(")?.strip_suffix(')')?.trim()),
        };
        Some(Import { file, layer })
    });
    match parsed {
        Some(import) => Ok(Some(import)),
        None => bail!(
            "style: cannot read `{}`; write @import \"file.css\"; or @import \"file.css\" layer(name);",
            line.trim()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_line_names_a_file_and_perhaps_a_layer() {
        assert_eq!(import("a { }").unwrap(), None);
        assert_eq!(import("@import \"a.css\";").unwrap(), Some(Import { file: "a.css", layer: None }));
        let layered = import(" @import \"parts/a.css\" layer(parts);").unwrap();
        assert_eq!(layered, Some(Import { file: "parts/a.css", layer: Some("parts") }));
    }

    #[test]
    fn an_import_the_bundler_does_not_know_is_refused() {
        assert!(import("@import url(a.css);").is_err());
        assert!(import("@import \"a.css\" screen;").is_err());
    }

    #[test]
    fn imported_files_stand_where_they_were_named() {
        let folder = std::env::temp_dir().join(format!("berth-style-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("main.css"), "@layer base, parts;\n@import \"a.css\" layer(base);\nb{}\n")
            .unwrap();
        std::fs::write(folder.join("a.css"), "a{}\n").unwrap();
        let sheet = bundle(&folder.join("main.css")).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(sheet, "@layer base, parts;\n@layer base {\na{}\n}\nb{}\n");
    }
}
