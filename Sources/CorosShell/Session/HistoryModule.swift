// For now whoever sees the shell sees the history, too: files import it one by one as they move.
@_exported public import CorosHistory
