//! Which kinds of files are taken, and how each is recognised.

use crate::problem::{Code, Problem};
use crate::wire::as_text;

macro_rules! media_types {
    ($($(#[doc = $what:literal])+ $variant:ident $name:literal [$($extension:literal),+])*) => {
        /// A kind of file that is taken. What a browser would run (HTML, SVG, scripts) and what an office program would run
        /// (documents with macros) is not among them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum MediaType {
            $($(#[doc = $what])+ $variant,)*
        }

        impl MediaType {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name that IANA registered.
            #[must_use]
            pub const fn as_str(&self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// How names of such files end, in lower case.
            #[must_use]
            pub const fn extensions(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($extension),+]),* }
            }
        }
    };
}

media_types! {
    /// Portable Document Format (ISO 32000).
    Pdf "application/pdf" ["pdf"]
    /// Portable Network Graphics (ISO/IEC 15948).
    Png "image/png" ["png"]
    /// JPEG (ISO/IEC 10918).
    Jpeg "image/jpeg" ["jpg", "jpeg"]
    /// WebP (RFC 9649).
    Webp "image/webp" ["webp"]
    /// Tagged Image File Format (RFC 3302).
    Tiff "image/tiff" ["tif", "tiff"]
    /// Plain text in UTF-8.
    Text "text/plain" ["txt", "md", "log"]
    /// A table as text (RFC 4180), in UTF-8, UTF-16 or a code page of one byte per character.
    Csv "text/csv" ["csv"]
    /// A spreadsheet of Office Open XML (ISO/IEC 29500).
    Xlsx "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ["xlsx"]
    /// A text document of Office Open XML (ISO/IEC 29500).
    Docx "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ["docx"]
    /// A presentation of Office Open XML (ISO/IEC 29500).
    Pptx "application/vnd.openxmlformats-officedocument.presentationml.presentation" ["pptx"]
    /// An archive of files (ISO/IEC 21320-1).
    Zip "application/zip" ["zip"]
    /// Product data in clear text (STEP, ISO 10303-21).
    Step "model/step" ["step", "stp", "p21"]
}

impl MediaType {
    /// The kind of that name; parameters such as `;charset=utf-8` are dropped.
    ///
    /// # Errors
    /// [`Code::MediaTypeRefused`] for any other.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let name = text.split(';').next().unwrap_or_default().trim();
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| refused(Self::ALL))
    }

    /// Whether a file of that name can be of this kind.
    ///
    /// # Errors
    /// [`Code::FileExtension`]: a name that promises something else than the file holds is how people are tricked into opening it.
    pub fn fits(self, name: &super::FileName) -> Result<(), Problem> {
        let extension = name.extension().unwrap_or_default();
        if self.extensions().contains(&extension.as_str()) {
            return Ok(());
        }
        let wanted: Vec<_> = self.extensions().iter().map(|extension| format!(".{extension}")).collect();
        Err(Problem::new(Code::FileExtension).with("extensions", wanted.join(", ")))
    }
}

as_text!(MediaType, as_str);

/// That only `allowed` kinds are taken.
pub(super) fn refused(allowed: &[MediaType]) -> Problem {
    let names: Vec<_> = allowed.iter().map(MediaType::as_str).collect();
    Problem::new(Code::MediaTypeRefused).with("allowed", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::FileName;
    use super::{Code, MediaType};

    #[test]
    fn names_come_back_and_parameters_are_dropped() {
        for kind in MediaType::ALL {
            assert_eq!(MediaType::parse(kind.as_str()), Ok(*kind));
        }
        assert_eq!(MediaType::parse("Text/CSV; charset=UTF-8"), Ok(MediaType::Csv));
        for text in ["", "text/html", "image/svg+xml", "application/javascript", "application/x-msdownload", "pdf"] {
            assert_eq!(MediaType::parse(text).unwrap_err().code, Code::MediaTypeRefused, "{text}");
        }
    }

    #[test]
    fn the_ending_must_say_what_the_file_is() {
        let name = |text| FileName::parse(text).unwrap();
        assert_eq!(MediaType::Jpeg.fits(&name("a.JPEG")), Ok(()));
        for text in ["invoice.pdf.exe", "pdf", "a.", "a.pdf.html", "a"] {
            assert_eq!(MediaType::Pdf.fits(&name(text)).unwrap_err().code, Code::FileExtension, "{text}");
        }
    }
}
