//! Who shares a network address, for everything that is counted by address.

use std::net::{IpAddr, Ipv6Addr};

/// The network that `address` stands for: an IPv4 address by itself, of an IPv6 address its /64, of which a household has all addresses
/// (RFC 6177). An IPv4 address in the clothes of IPv6 (RFC 4291 §2.5.5.2) is what it is, else all of them would be one network.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn a_household_is_one_network_and_two_offices_are_two() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("2001:db8:1:2::9", "2001:db8:1:2::"),
            ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ] {
            assert_eq!(network(address.parse().unwrap()).to_string(), expected);
        }
    }
}
