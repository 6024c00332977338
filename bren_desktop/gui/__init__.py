"""The window: pages, dialogs and widgets. PySide6 lives here and in `app` only."""
