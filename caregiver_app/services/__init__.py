"""Use cases: what a person does with the app, told without a window and without SQL.

Every change goes through `Care.change`, which makes it durable, undoable and known to whoever
shows something.
"""
