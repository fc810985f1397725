//! Who carries the goods how far, at whose cost and risk.

use crate::named::Named;
use crate::problem::{Code, Problem};
use crate::text::Text;
use crate::wire::as_text;

/// A rule of Incoterms 2020 (International Chamber of Commerce, publication 723).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Incoterm {
    /// Ex works: the buyer collects at the seller's place.
    Exw,
    /// Free carrier: handed to the buyer's carrier at the named place, cleared for export.
    Fca,
    /// Carriage paid to the named destination; the risk passes at the first carrier.
    Cpt,
    /// As CPT, insured by the seller.
    Cip,
    /// Delivered at the named place, not unloaded.
    Dap,
    /// Delivered at the named place, unloaded.
    Dpu,
    /// Delivered at the named place, duty paid by the seller.
    Ddp,
    /// Free alongside the ship in the named port of shipment.
    Fas,
    /// Free on board in the named port of shipment.
    Fob,
    /// Cost and freight to the named port of destination; the risk passes on board.
    Cfr,
    /// As CFR, insured by the seller.
    Cif,
}

impl Incoterm {
    /// The rule of three letters, in capitals or not.
    ///
    /// # Errors
    /// [`Code::UnknownIncoterm`], also for rules that earlier editions had.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let found = Self::ALL.iter().find(|rule| rule.code().eq_ignore_ascii_case(text));
        found.copied().ok_or_else(|| Code::UnknownIncoterm.into())
    }

    /// The three letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Exw => "EXW",
            Self::Fca => "FCA",
            Self::Cpt => "CPT",
            Self::Cip => "CIP",
            Self::Dap => "DAP",
            Self::Dpu => "DPU",
            Self::Ddp => "DDP",
            Self::Fas => "FAS",
            Self::Fob => "FOB",
            Self::Cfr => "CFR",
            Self::Cif => "CIF",
        }
    }

    /// Whether the rule is only for sea and inland waterway, so that the named place is a port.
    #[must_use]
    pub const fn is_sea_only(self) -> bool {
        matches!(self, Self::Fas | Self::Fob | Self::Cfr | Self::Cif)
    }
}

as_text!(Incoterm, code);

impl Named for Incoterm {
    const SET: &'static str = "Incoterm";
    const ABOUT: &'static str = "A rule of Incoterms 2020: who carries the goods how far, at whose cost and risk.";

    /// In the order of the publication: first those for any mode of transport.
    const ALL: &'static [Self] = &[
        Self::Exw,
        Self::Fca,
        Self::Cpt,
        Self::Cip,
        Self::Dap,
        Self::Dpu,
        Self::Ddp,
        Self::Fas,
        Self::Fob,
        Self::Cfr,
        Self::Cif,
    ];

    fn name(self) -> &'static str {
        self.code()
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Exw => "Ex works: the buyer collects at the seller's place.",
            Self::Fca => "Free carrier: handed to the buyer's carrier at the named place, cleared for export.",
            Self::Cpt => "Carriage paid to the named destination; the risk passes at the first carrier.",
            Self::Cip => "Carriage and insurance paid to the named destination; the risk passes at the first carrier.",
            Self::Dap => "Delivered at the named place, not unloaded.",
            Self::Dpu => "Delivered at the named place, unloaded.",
            Self::Ddp => "Delivered at the named place, duty paid by the seller.",
            Self::Fas => "Free alongside the ship in the named port of shipment.",
            Self::Fob => "Free on board in the named port of shipment.",
            Self::Cfr => "Cost and freight to the named port of destination; the risk passes on board.",
            Self::Cif => "Cost, insurance and freight to the named port of destination; the risk passes on board.",
        }
    }
}

/// A rule and the place without which it says nothing: `FOB Hải Phòng`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct DeliveryTerm {
    /// The rule.
    pub incoterm: Incoterm,
    /// The place or port that the rule speaks of.
    pub named_place: Text<1, 120>,
}

impl std::fmt::Display for DeliveryTerm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} (Incoterms 2020)", self.incoterm, self.named_place)
    }
}

#[cfg(test)]
mod tests {
    use super::{DeliveryTerm, Incoterm};
    use crate::named::Named;
    use crate::text::Text;

    #[test]
    fn eleven_rules_and_four_by_sea() {
        assert_eq!(Incoterm::ALL.len(), 11);
        assert_eq!(Incoterm::ALL.iter().filter(|rule| rule.is_sea_only()).count(), 4);
        for rule in Incoterm::ALL {
            assert_eq!(Incoterm::parse(rule.code()), Ok(*rule));
            assert_eq!(Incoterm::parse(&rule.code().to_lowercase()), Ok(*rule));
        }
        for former in ["DAT", "DDU", "DAF", "DES", "DEQ", "", "FO", "FOB ", "ＦＯＢ"] {
            assert!(Incoterm::parse(former).is_err(), "{former}");
        }
    }

    #[test]
    fn a_term_names_its_place() {
        let term = DeliveryTerm { incoterm: Incoterm::Fob, named_place: Text::parse("Hải Phòng").unwrap() };
        assert_eq!(term.to_string(), "FOB Hải Phòng (Incoterms 2020)");
        let sent = serde_json::to_string(&term).unwrap();
        assert_eq!(serde_json::from_str::<DeliveryTerm>(&sent).unwrap(), term);
        assert!(serde_json::from_str::<DeliveryTerm>(r#"{"incoterm":"FOB","named_place":" "}"#).is_err());
    }
}
