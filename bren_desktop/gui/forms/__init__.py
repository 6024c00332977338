"""The windows' layouts, generated from ui/ by ui/compile_forms.py: not edited by hand."""
