"""Recently deleted, and erasing for good."""
