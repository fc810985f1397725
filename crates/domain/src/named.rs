//! Closed sets whose members have a name on the wire and in the database.

/// A closed set of names: a status, a kind, a mode.
pub trait Named: Copy + Eq + std::fmt::Debug + Send + Sync + 'static {
    /// Every member, in the order of its declaration.
    const ALL: &'static [Self];

    /// The name, in upper case, as it is sent and stored.
    fn name(self) -> &'static str;

    /// The member of that name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|member| member.name() == name)
    }
}

/// Declares a closed set: each member with its name and a sentence that says what it means.
#[macro_export]
macro_rules! named {
    ($(#[$meta:meta])* $visibility:vis enum $set:ident { $($(#[doc = $what:literal])+ $member:ident = $name:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility enum $set {
            $($(#[doc = $what])+ $member,)*
        }

        impl $crate::named::Named for $set {
            const ALL: &'static [Self] = &[$(Self::$member),*];

            fn name(self) -> &'static str {
                match self { $(Self::$member => $name),* }
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::named::Named::name(*self))
            }
        }
    };
}
