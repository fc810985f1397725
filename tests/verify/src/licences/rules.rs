//! What is wrong with a tree of packages under a policy.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use spdx::{Expression, Licensee, ParseMode};

use super::policy::Policy;

/// A package as `cargo metadata` tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The SPDX expression, when the author gave one.
    pub(crate) license: Option<String>,
    /// Where it comes from; `None` for a package of this workspace.
    pub(crate) source: Option<String>,
}

/// Everything that breaks the policy, one sentence each.
pub(crate) fn problems(policy: &Policy, packages: &[Package]) -> Vec<String> {
    let foreign = || packages.iter().filter(|package| package.source.is_some());
    let mut problems: Vec<String> = foreign().filter_map(|package| licence(policy, package)).collect();
    problems.extend(foreign().filter_map(|package| ban(policy, package)));
    problems.extend(foreign().filter_map(source));
    problems.extend(duplicates(policy, packages));
    problems
}

fn licence(policy: &Policy, package: &Package) -> Option<String> {
    let Package { name, version, license, .. } = package;
    let Some(text) = license else { return Some(format!("{name} {version} names no licence")) };
    // Lax: old packages still write `MIT/Apache-2.0`.
    let expression = match Expression::parse_mode(text, ParseMode::LAX) {
        Ok(expression) => expression,
        Err(error) => return Some(format!("{name} {version}: `{text}` is no licence expression: {}", error.reason)),
    };
    let exceptions = policy.licenses.exceptions.iter().filter(|exception| exception.name == *name);
    let allowed: Vec<Licensee> = exceptions
        .flat_map(|exception| &exception.allow)
        .chain(&policy.licenses.allow)
        .filter_map(|allowed| Licensee::parse(allowed).ok())
        .collect();
    let is_allowed = expression.evaluate(|wanted| allowed.iter().any(|allowed| allowed.satisfies(wanted)));
    (!is_allowed).then(|| format!("{name} {version}: the licence `{text}` is not allowed"))
}

fn ban(policy: &Policy, package: &Package) -> Option<String> {
    let ban = policy.bans.deny.iter().find(|ban| ban.name == package.name)?;
    Some(format!(
        "{} {} is banned: {}",
        package.name,
        package.version,
        ban.reason.as_deref().unwrap_or("no reason given")
    ))
}

fn source(package: &Package) -> Option<String> {
    let source = package.source.as_deref()?;
    (!source.starts_with("registry+") && !source.starts_with("sparse+"))
        .then(|| format!("{} {} comes from {source}, not from a registry", package.name, package.version))
}

fn duplicates(policy: &Policy, packages: &[Package]) -> Vec<String> {
    let is_skipped = |name: &str| policy.bans.skip.iter().any(|skip| skip.name == name);
    let found = versions(packages).into_iter().filter(|(name, versions)| versions.len() > 1 && !is_skipped(name));
    found.map(|(name, versions)| format!("{name} is there in several versions: {}", join(&versions))).collect()
}

/// Entries of the policy that no longer apply, one sentence each. They break nothing but hide the next case.
pub(crate) fn stale(policy: &Policy, packages: &[Package]) -> Vec<String> {
    let versions = versions(packages);
    let count = |name: &str| versions.get(name).map_or(0, BTreeSet::len);
    let skips = policy.bans.skip.iter().filter(|skip| count(&skip.name) < 2);
    let exceptions = policy.licenses.exceptions.iter().filter(|exception| count(&exception.name) == 0);
    let skips = skips.map(|skip| format!("deny.toml skips {}, which is not there in several versions", skip.name));
    skips
        .chain(
            exceptions
                .map(|exception| format!("deny.toml has an exception for {}, which is not there", exception.name)),
        )
        .collect()
}

fn versions(packages: &[Package]) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    versions
}

fn join(versions: &BTreeSet<&str>) -> String {
    versions.iter().copied().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"
        [graph]
        targets = []
        [licenses]
        allow = ["MIT", "Apache-2.0"]
        exceptions = [{ crate = "tz", allow = ["Zlib"] }]
        [bans]
        deny = [{ crate = "openssl-sys", reason = "rustls is used" }]
        skip = [{ crate = "rand", reason = "two generations" }]
    "#;

    fn package(name: &str, version: &str, license: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: version.to_owned(),
            license: (!license.is_empty()).then(|| license.to_owned()),
            source: Some("registry+somewhere".to_owned()),
        }
    }

    fn found(more: &[Package]) -> Vec<String> {
        let policy: Policy = toml::from_str(POLICY).unwrap();
        let mut packages =
            vec![package("tz", "1.0.0", "Zlib"), package("rand", "0.8.0", "MIT"), package("rand", "0.9.0", "MIT")];
        packages.extend_from_slice(more);
        problems(&policy, &packages)
    }

    #[test]
    fn an_allowed_tree_has_no_problems() {
        let more = [
            package("old", "1.0.0", "MIT/Apache-2.0"),
            package("choice", "1.0.0", "GPL-3.0-only OR MIT"),
            package("both", "1.0.0", "MIT AND (Apache-2.0 OR LGPL-2.1-or-later)"),
        ];
        assert_eq!(found(&more), Vec::<String>::new());
    }

    #[test]
    fn each_rule_finds_its_breach() {
        let mut git = package("fork", "1.0.0", "MIT");
        git.source = Some("git+https://example.org/fork".to_owned());
        for (packages, told) in [
            (vec![package("viral", "1.0.0", "GPL-3.0-only")], "`GPL-3.0-only` is not allowed"),
            (vec![package("both", "1.0.0", "MIT AND GPL-2.0-only")], "is not allowed"),
            (vec![package("zlib", "1.0.0", "Zlib")], "`Zlib` is not allowed"),
            (vec![package("silent", "1.0.0", "")], "silent 1.0.0 names no licence"),
            (vec![package("odd", "1.0.0", "do what you like")], "is no licence expression"),
            (vec![package("openssl-sys", "0.9.0", "MIT")], "is banned: rustls is used"),
            (
                vec![package("twice", "1.0.0", "MIT"), package("twice", "2.0.0", "MIT")],
                "several versions: 1.0.0, 2.0.0",
            ),
            (vec![git], "not from a registry"),
        ] {
            let found = found(&packages);
            assert!(found.len() == 1 && found[0].contains(told), "{told}: {found:?}");
        }
    }

    #[test]
    fn entries_that_no_longer_apply_are_told() {
        let policy: Policy = toml::from_str(POLICY).unwrap();
        let stale = stale(&policy, &[package("rand", "0.9.0", "MIT")]);
        assert_eq!(stale.len(), 2, "{stale:?}");
    }
}
