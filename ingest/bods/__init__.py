"""Beneficial-ownership statements 受益所有权声明 of the Beneficial Ownership Data Standard 0.4."""
