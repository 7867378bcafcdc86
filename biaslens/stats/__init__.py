"""From counts to findings: contrasts inside shared events, key terms, coverage."""
