"""Writers: edition → bytes."""
