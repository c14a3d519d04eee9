//! The languages: what READMEs of images have in them.

use super::Class;
use super::language::{
    BACKTICK, BARE, CHARACTER, DOUBLE, LOOSE, Language, Quote, SINGLE, THREE_DOUBLE, THREE_SINGLE,
};

/// By their names; the first that has a name has it.
pub(super) static ALL: &[Language] = &[
    DOCKERFILE, SHELL, YAML, JSON, TOML, INI, NGINX, HCL, MAKE, POWERSHELL, GO, RUST, PYTHON, JAVASCRIPT,
    JAVA, C, SQL, CSS, RUBY, PHP, LUA,
];

const C_LIKE: Language = Language {
    comments: &["//"],
    block: Some(("/*", "*/")),
    quotes: &[DOUBLE, CHARACTER],
    calls: true,
    ..BARE
};
/// Keys and values, one a line.
const SETTINGS: Language = Language {
    comments: &["#"],
    comment_after_space: true,
    quotes: &LOOSE,
    constants: "true false null yes no on off",
    word_signs: "-./",
    keys_first: true,
    ..BARE
};

const DOCKERFILE: Language = Language {
    names: "dockerfile docker containerfile",
    comments: &["#"],
    comment_after_space: true,
    quotes: &LOOSE,
    keywords: "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR",
    keywords_first: true,
    types: "AS",
    ignores_case: true,
    variables: true,
    options: true,
    word_signs: "-./",
    ..BARE
};

pub(super) const SHELL: Language = Language {
    names: "sh bash shell zsh ash ksh fish",
    comments: &["#"],
    comment_after_space: true,
    quotes: &[Quote { lines: true, ..DOUBLE }, Quote { lines: true, escapes: false, ..SINGLE }],
    keywords: "case do done elif else esac exit export fi for function if in local return select set source then trap unset until while",
    first_word: Some(Class::Function),
    variables: true,
    options: true,
    word_signs: "-./",
    key_sign: Some('='),
    keys_first: true,
    ..BARE
};

const YAML: Language = Language {
    names: "yaml yml compose",
    key_sign: Some(':'),
    value_after_space: true,
    marks: "&*!",
    ..SETTINGS
};

const JSON: Language = Language {
    names: "json jsonc json5",
    comments: &["//"],
    block: Some(("/*", "*/")),
    quotes: &[DOUBLE],
    constants: "true false null",
    key_sign: Some(':'),
    ..BARE
};

const TOML: Language = Language {
    names: "toml",
    comment_after_space: false,
    quotes: &[THREE_DOUBLE, THREE_SINGLE, DOUBLE, Quote { escapes: false, ..SINGLE }],
    sections: true,
    key_sign: Some('='),
    ..SETTINGS
};

const INI: Language = Language {
    names: "ini conf cfg env dotenv properties systemd editorconfig",
    comments: &["#", ";"],
    sections: true,
    variables: true,
    key_sign: Some('='),
    ..SETTINGS
};

const NGINX: Language = Language {
    names: "nginx nginxconf caddyfile caddy",
    first_word: Some(Class::Keyword),
    variables: true,
    keys_first: false,
    ..SETTINGS
};

const HCL: Language = Language {
    names: "hcl terraform tf",
    block: Some(("/*", "*/")),
    comments: &["#", "//"],
    keywords: "data for if in locals module output provider resource terraform variable",
    calls: true,
    key_sign: Some('='),
    word_signs: "-",
    ..SETTINGS
};

const MAKE: Language = Language {
    names: "makefile make mk",
    keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override",
    keywords_first: true,
    variables: true,
    options: true,
    key_sign: Some(':'),
    ..SETTINGS
};

const POWERSHELL: Language = Language {
    names: "powershell ps1 pwsh",
    comments: &["#"],
    block: Some(("<#", "#>")),
    quotes: &[DOUBLE, SINGLE],
    keywords: "begin break catch continue do else elseif end exit finally for foreach function if in param process return switch throw try until while",
    ignores_case: true,
    first_word: Some(Class::Function),
    variables: true,
    options: true,
    word_signs: "-.",
    ..BARE
};

const GO: Language = Language {
    names: "go golang",
    quotes: &[DOUBLE, CHARACTER, Quote { escapes: false, ..BACKTICK }],
    keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var",
    constants: "true false nil iota",
    types: "any bool byte complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string uint uint16 uint32 uint64 uint8 uintptr",
    ..C_LIKE
};

const RUST: Language = Language {
    names: "rust rs",
    quotes: &[
        Quote { open: "r#\"", close: "\"#", escapes: false, lines: true, ..DOUBLE },
        Quote { lines: true, ..DOUBLE },
        CHARACTER,
    ],
    keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self static struct super trait type unsafe use where while",
    constants: "true false None Some Ok Err",
    types: "bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize",
    capital_types: true,
    marks: "#",
    ..C_LIKE
};

const PYTHON: Language = Language {
    names: "python py python3 starlark bzl",
    comments: &["#"],
    quotes: &[THREE_DOUBLE, THREE_SINGLE, DOUBLE, SINGLE],
    keywords: "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield",
    constants: "True False None",
    types: "bool bytes dict float int list object set str tuple",
    calls: true,
    marks: "@",
    ..BARE
};

const JAVASCRIPT: Language = Language {
    names: "javascript js typescript ts jsx tsx mjs cjs node",
    quotes: &[DOUBLE, SINGLE, BACKTICK],
    keywords: "abstract as async await break case catch class const continue debugger declare default delete do else enum export extends finally for from function get if implements import in instanceof interface keyof let namespace new of private protected public readonly return satisfies set static super switch this throw try type typeof var void while with yield",
    constants: "true false null undefined NaN",
    types: "any bigint boolean never number object string symbol unknown",
    capital_types: true,
    marks: "@",
    ..C_LIKE
};

const JAVA: Language = Language {
    names: "java kotlin kt kts scala groovy gradle csharp cs c# swift dart",
    quotes: &[THREE_DOUBLE, DOUBLE, SINGLE],
    keywords: "abstract as assert async await break case catch class companion const continue data def default defer do else enum export extends extension final finally for foreach fun func guard if implements implicit import in init instanceof interface internal is lateinit let match mutating namespace native new object open operator out override package private protected protocol public readonly record return sealed static struct super suspend switch synchronized this throw throws trait transient try using val var virtual volatile when where while with yield",
    constants: "true false null nil",
    types: "bool boolean byte char decimal double float int long short string var void",
    capital_types: true,
    marks: "@",
    ..C_LIKE
};

const C: Language = Language {
    names: "c h cpp c++ cc cxx hpp objc arduino glsl zig",
    quotes: &[DOUBLE, SINGLE],
    keywords: "alignas auto break case catch class const constexpr const_cast continue co_await default delete do dynamic_cast else enum explicit extern for friend goto if inline mutable namespace new noexcept operator override private protected public register requires restrict return sizeof static static_assert static_cast struct switch template this throw try typedef typename union using virtual volatile while",
    constants: "true false nullptr NULL",
    types: "bool char double float int int16_t int32_t int64_t int8_t long short signed size_t ssize_t uint16_t uint32_t uint64_t uint8_t unsigned void wchar_t",
    marks: "#",
    ..C_LIKE
};

const SQL: Language = Language {
    names: "sql postgres postgresql psql mysql sqlite plsql",
    comments: &["--"],
    quotes: &[Quote { lines: true, escapes: false, ..SINGLE }, DOUBLE, BACKTICK],
    keywords: "add all alter and as asc begin between by cascade case check column commit conflict constraint create cross database default delete desc distinct do drop else end except exists explain foreign from full function grant group having if in index inner insert intersect into is join key left like limit materialized not offset on or order outer over partition primary procedure recursive references returning revoke right rollback row rows schema select set table temporary then to transaction trigger truncate union unique update user using vacuum values view when where with",
    constants: "true false null current_timestamp",
    types: "bigint bigserial blob boolean bytea char date decimal double int integer interval json jsonb numeric real serial smallint text time timestamp timestamptz uuid varchar",
    ignores_case: true,
    ..C_LIKE
};

const CSS: Language = Language {
    names: "css scss sass less",
    quotes: &[DOUBLE, SINGLE],
    marks: "@",
    word_signs: "-",
    key_sign: Some(':'),
    keys_first: true,
    ..C_LIKE
};

const RUBY: Language = Language {
    names: "ruby rb elixir ex crystal",
    comments: &["#"],
    quotes: &[DOUBLE, SINGLE],
    keywords: "alias and begin break case class def defmodule do else elsif end ensure extend for if import in include module next not or raise redo require rescue retry return self super then undef unless until use when while yield",
    constants: "true false nil",
    capital_types: true,
    calls: true,
    marks: "@",
    ..BARE
};

const PHP: Language = Language {
    names: "php",
    comments: &["//", "#"],
    quotes: &[DOUBLE, SINGLE],
    keywords: "abstract and array as break case catch class clone const continue declare default do echo else elseif extends final finally fn for foreach function global if implements include instanceof interface match namespace new or private protected public readonly require return static switch throw trait try use var while yield",
    constants: "true false null",
    types: "bool float int iterable mixed string void",
    capital_types: true,
    variables: true,
    ..C_LIKE
};

const LUA: Language = Language {
    names: "lua haskell hs",
    comments: &["--"],
    quotes: &[DOUBLE, SINGLE],
    keywords: "and break case class data deriving do else elseif end for function goto if import in instance let local module newtype not of or repeat return then type until where while",
    constants: "true false nil True False Nothing",
    calls: true,
    ..BARE
};
