//! Drawings of one line weight. They say nothing that the words beside them do not.

use leptos::prelude::*;

/// The paths of the icons, on a grid of 16.
#[derive(Clone, Copy)]
#[cfg_attr(feature = "hydrate", expect(dead_code, reason = "islands draw few of them"))]
pub(crate) enum Icon {
    /// The mark: a bollard with a rope that forms a "b".
    Berth,
    Globe,
    Link,
    Lock,
    Copy,
    Gear,
    Person,
    Plus,
    Shield,
    Up,
    Down,
    Cross,
    /// Something to hold.
    Grip,
    Star,
    Bell,
    Leave,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Berth => "M4 1.5v13M2 1.5h4M2 14.5h9M4 9.5a3.5 3.5 0 1 1 0 .1M11.5 9.5h3",
            Self::Globe => {
                "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M1.5 8h13M8 1.5c-4 4-4 9 0 13c4-4 4-9 0-13"
            }
            Self::Link => {
                "M6.5 9.5l3-3M7 4.5l1.5-1.5a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5L7.5 13A3.2 3.2 0 0 1 3 8.5L4.500 7"
            }
            Self::Lock => "M3.5 7h9v7h-9zM5.500 7V4.500a2.500 2.500 0 0 1 5 0V7",
            Self::Copy => "M5.5 5.5h8v8h-8zM2.5 10.5v-8h8",
            Self::Gear => {
                "M8 5.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 1 0 0-5M8 1.500v2M8 12.500v2M1.500 8h2M12.500 8h2M3.400 3.400l1.400 1.400M11.200 11.200l1.400 1.400M3.400 12.600l1.400-1.400M11.200 4.800l1.400-1.400"
            }
            Self::Person => {
                "M8 2a2.800 2.800 0 1 0 0 5.600a2.800 2.800 0 1 0 0-5.600M2.500 14c.5-5.500 10.500-5.500 11 0"
            }
            Self::Plus => "M8 3v10M3 8h10",
            Self::Star => {
                "M8 1.800l1.900 3.900l4.300.600l-3.100 3l.700 4.300L8 11.600l-3.800 2l.700-4.300l-3.100-3l4.300-.600z"
            }
            Self::Bell => {
                "M8 1.500v1M3 12c1.200-1.200 1.200-2.500 1.200-4.700a3.800 3.800 0 0 1 7.600 0c0 2.200 0 3.500 1.200 4.700zM6.500 14.200h3"
            }
            Self::Leave => "M6.500 2.500h-4v11h4M10 5l3 3l-3 3M13 8H6",
            Self::Shield => "M8 1.500l5.500 2v4c0 3.500-2.500 5.800-5.500 7c-3-1.200-5.500-3.500-5.500-7v-4z",
            Self::Up => "M8 13V3M4 7l4-4l4 4",
            Self::Down => "M8 3v10M4 9l4 4l4-4",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Grip => "M6 3.500v.1M10 3.500v.1M6 8v.1M10 8v.1M6 12.500v.1M10 12.500v.1",
        }
    }
}

/// One icon, in the colour of the text around it.
#[component]
pub(crate) fn Mark(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d=icon.path()/>
        </svg>
    }
}
