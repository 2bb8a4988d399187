"""Layout: lines become blocks; running heads, notes, tables and figures are told apart."""
