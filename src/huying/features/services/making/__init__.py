"""Make a thing without a programmer: drafted, proved, agreed by every department that bears an item, published. See models."""
