"""Chinese: numerals and dates, script conversion with offsets, detection, artefacts of conversion."""
