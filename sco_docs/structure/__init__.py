"""Structure: the agreements, and the thesis around them."""
