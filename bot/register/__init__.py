"""The register of participants: their cards, contributions and balances, and how JMO sees them."""
