//! What is coloured, and that it costs no more than the code is long.

use super::language::Kind;
use super::*;

/// Pieces with a class, as `letter:text`.
fn coloured(info: &str, code: &str) -> Vec<String> {
    let pieces = pieces(info, code, &mut Budget::default());
    let whole: String = pieces.iter().map(|piece| piece.text).collect();
    assert_eq!(whole, code, "nothing is lost");
    let of =
        |piece: Piece<'_>| piece.class.map(|class| format!("{}:{}", class.name(), piece.text.trim_end()));
    pieces.into_iter().filter_map(of).collect()
}

#[test]
fn each_language_has_its_colours() {
    for (info, code, wanted) in [
        (
            "dockerfile",
            "FROM alpine:3.20 AS build # x\nRUN --mount=type=cache echo $HOME\n",
            "k:FROM n:3.20 t:AS c:# x k:RUN p:--mount p:$HOME",
        ),
        (
            "sh",
            "# up\nTAG=1 docker run -d --name=x \"a $b\" # y\n",
            "c:# up p:TAG n:1 p:-d p:--name s:\"a $b\" c:# y",
        ),
        ("bash", "if true; then\n  docker pull a/b\nfi\n", "k:if k:then f:docker k:fi"),
        ("console", "$ docker ps\nCONTAINER ID\n", "c:$ f:docker"),
        (
            "yaml",
            "# a\nservices:\n  - image: \"x\"\n    n: 3\n    on: true\n    it: don't\n",
            "c:# a p:services p:image s:\"x\" p:n n:3 p:on n:true p:it",
        ),
        ("json", "{\"a\": [1, true, \"b\\\"c\"]}", "p:\"a\" n:1 n:true s:\"b\\\"c\""),
        ("toml", "[package]\nname = \"x\" # y\n", "t:[package] p:name s:\"x\" c:# y"),
        ("ini", "; a\n[s]\nkey=value\n", "c:; a t:[s] p:key"),
        ("nginx", "server { listen 80; proxy_pass $x; }\n", "k:server k:listen n:80 k:proxy_pass p:$x"),
        ("go", "func main() { s := `a` // b\n}", "k:func f:main s:`a` c:// b"),
        ("rust", "#[test]\nfn a<'b>(x: &'b str) -> String { 'c'; }", "f:#[test k:fn t:str t:String s:'c'"),
        ("python", "@app\ndef f(): return f\"x\" # y", "f:@app k:def f:f k:return s:\"x\" c:# y"),
        ("ts", "const x: number = f(`a`); /* b */", "k:const t:number f:f s:`a` c:/* b */"),
        (
            "java",
            "@Override public void run() { new Foo(1L); }",
            "f:@Override k:public t:void f:run k:new t:Foo n:1L",
        ),
        (
            "c",
            "#include <a.h>\nint main(void) { return 0x1f; }",
            "f:#include t:int f:main t:void k:return n:0x1f",
        ),
        ("sql", "SELECT 'it''s' FROM t -- x", "k:SELECT s:'it' s:'s' k:FROM c:-- x"),
        (
            "html",
            "<!-- a --><p class=\"b\">x &amp; y</p>",
            "c:<!-- a --> k:<p p:class s:\"b\" k:> n:&amp; k:</p k:>",
        ),
        ("diff", "--- a\n+++ b\n@@ 1 @@\n-x\n+y\n z\n", "c:--- a c:+++ b t:@@ 1 @@ d:-x a:+y"),
        ("css", ".a { color: red; } /* x */", "c:/* x */"),
        ("", "if true", ""),
        ("text", "if true", ""),
    ] {
        assert_eq!(coloured(info, code).join(" "), wanted, "{info}: {code}");
    }
}

#[test]
fn hostile_code_is_looked_at_once() {
    const LENGTH: usize = 6_000;
    let hostile = [
        "\"", "'", "`", "\\\"", "\"\\", "/*", "/", "#", "[", "#[", "${", "$", "-", " -", " --a", "@", "a ",
        "a", "a:", "a :", "\n[", "'\\", "1", "1.", "\"\"\"", "r#\"", "<!--", "<", "<a ", "<a b='", "&", "&#",
        "=", "a=", "- ", "船", "\u{301}", "--", "\n", "\r\n", "\t", " ", "((", "{\n", "!", "![", "&!", "#!",
    ];
    for (language, part) in languages::ALL.iter().flat_map(|language| hostile.map(|part| (language, part))) {
        let code = part.repeat(LENGTH / part.len());
        let scanner = scanner::scan(&code, language);
        let whole: usize = scanner.pieces.0.iter().map(|piece| piece.text.len()).sum();
        assert_eq!(whole, code.len());
        assert!(
            scanner.looked <= code.len() * 3,
            "{} looks {} times at {part:?}",
            language.names,
            scanner.looked
        );
    }
    for part in hostile {
        for info in ["html", "diff", "console"] {
            coloured(info, &part.repeat(LENGTH / part.len()));
        }
    }
}

#[test]
fn more_pieces_than_a_readme_may_have_stay_plain() {
    let mut budget = Budget(10);
    let colours = |pieces: Vec<Piece<'_>>| pieces.iter().filter(|piece| piece.class.is_some()).count();
    assert_eq!(colours(pieces("json", "[1, 2, 3]", &mut budget)), 3);
    assert_eq!(colours(pieces("json", "[1, 2, 3, 4, 5, 6, 7, 8]", &mut budget)), 0, "all or nothing");
    assert_eq!(colours(pieces("json", "[1, 2, 3, 4, 5, 6, 7]", &mut budget)), 7);
    assert_eq!(colours(pieces("json", "[1]", &mut budget)), 0);
}

#[test]
fn what_is_no_language_is_plain() {
    for info in ["klingon", "\" onload=\"x", "<script>", "math", "mermaid"] {
        assert!(matches!(Kind::of(info, ""), Kind::Plain), "{info}");
    }
}
