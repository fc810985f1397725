//! Closed sets whose members have a name on the wire and in the database.

/// A closed set of names: a status, a kind, a mode.
pub trait Named: Copy + Eq + std::fmt::Debug + Send + Sync + 'static {
    /// What the set is called.
    const SET: &'static str;

    /// What the set is, in a sentence.
    const ABOUT: &'static str;

    /// Every member, in the order of its declaration.
    const ALL: &'static [Self];

    /// The name, in upper case, as it is sent and stored.
    fn name(self) -> &'static str;

    /// What the member means, in a sentence.
    fn meaning(self) -> &'static str;

    /// The member of that name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|member| member.name() == name)
    }
}

/// Declares a closed set: each member with its name and a sentence that says what it means.
#[macro_export]
macro_rules! named {
    (
        $(#[doc = $about:literal])+
        $visibility:vis enum $set:ident { $($(#[doc = $what:literal])+ $member:ident = $name:literal),* $(,)? }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $set {
            $($(#[doc = $what])+ $member,)*
        }

        impl $crate::named::Named for $set {
            const SET: &'static str = stringify!($set);
            const ABOUT: &'static str = concat!($($about),+);
            const ALL: &'static [Self] = &[$(Self::$member),*];

            fn name(self) -> &'static str {
                match self { $(Self::$member => $name),* }
            }

            fn meaning(self) -> &'static str {
                match self { $(Self::$member => concat!($($what),+)),* }
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::named::Named::name(*self))
            }
        }

        impl serde::Serialize for $set {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::named::Named::name(*self))
            }
        }
    };
}
