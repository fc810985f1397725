//! How well a string stands for a product.

/// Where in a product a word stands, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Its number, its maker's number, its GTIN, or the viewer's own number for it.
    Number,
    /// The number of another maker's product that it stands for.
    Reference,
    /// Its name.
    Name,
    /// Its brand.
    Brand,
    /// The name of its category or of one above it.
    Category,
    /// The value of an attribute.
    Attribute,
    /// Its description.
    Description,
}

/// In which way a word is met, the best way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It is the whole of a number.
    Whole,
    /// It is a word of the product.
    Exact,
    /// A word of the product begins with it.
    Prefix,
    /// A later part of a number or measure begins with it.
    Inside,
    /// It is one letter away from a word of the product.
    OneOff,
    /// It is two letters away from one.
    TwoOff,
}

/// A [`Kind`] of meeting in a [`Place`]: the kind counts before the place. One byte, 0 for the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

const PLACES: u8 = 7;

/// What one level is worth.
const LEVEL_POINTS: u16 = 16;

/// What it counts besides that two neighbouring words of the search are neighbours in the product as well.
pub const PAIR_POINTS: u16 = 1;

const _: () = assert!(super::WORDS_MAX as u16 * PAIR_POINTS < LEVEL_POINTS);

impl Level {
    /// One more than the last level.
    pub const COUNT: u8 = Kind::TwoOff as u8 * PLACES + PLACES;

    /// The first level.
    pub const BEST: Self = Self::new(Kind::Whole, Place::Number);

    /// Of `kind` in `place`.
    #[must_use]
    pub const fn new(kind: Kind, place: Place) -> Self {
        Self(kind as u8 * PLACES + place as u8)
    }

    /// The level as it is kept.
    #[must_use]
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// The level that [`Level::byte`] told.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        if byte < Self::COUNT { Some(Self(byte)) } else { None }
    }

    /// What a hit on this level counts; hits are ordered by the sum over the words asked for, largest first. No number of
    /// [`PAIR_POINTS`] makes up for a level.
    #[must_use]
    pub const fn points(self) -> u16 {
        (Self::COUNT - self.0) as u16 * LEVEL_POINTS
    }

    /// Whether it is a word of the product, or the whole of a number: what a typing error can be measured against.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        self.0 < (Kind::Prefix as u8) * PLACES
    }

    /// Whether it is [`Kind::TwoOff`].
    #[must_use]
    pub const fn is_two_off(self) -> bool {
        self.0 >= (Kind::TwoOff as u8) * PLACES
    }

    /// The level of a word that is `distance` letters away from one on this level; `None` for more than two.
    #[must_use]
    pub const fn mistyped(self, distance: u8) -> Option<Self> {
        let kind = match distance {
            1 => Kind::OneOff as u8,
            2 => Kind::TwoOff as u8,
            _ => return None,
        };
        Some(Self(kind * PLACES + self.0 % PLACES))
    }
}
