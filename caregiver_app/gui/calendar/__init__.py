"""The Calendar tab: a month, the coming days as a list, and the forms behind them."""
