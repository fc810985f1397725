//! How single values are stored and sent: as their text, and parsed again on the way in.

/// Gives a type with `parse(&str) -> Result<Self, Problem>` and a method that gives the text back its `Display`, `FromStr` and
/// serde forms, so that no text enters by serde that `parse` would refuse.
macro_rules! as_text {
    ($type:ty, $text:ident $(, [$($generics:tt)*])?) => {
        impl<$($($generics)*)?> std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.$text())
            }
        }

        impl<$($($generics)*)?> std::str::FromStr for $type {
            type Err = crate::problem::Problem;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl<$($($generics)*)?> serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$text())
            }
        }

        impl<'de, $($($generics)*)?> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use as_text;
