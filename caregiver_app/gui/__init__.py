"""The window: a folder for each tab, on top of the look and the widgets in this one."""
