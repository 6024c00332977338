"""The thesaurus of the network: the list, what was changed in it, a concept with words that are counted, and out."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog

from bren_desktop.domain.concepts import ConceptRecord
from bren_desktop.domain.entities import Kind, flatten
from bren_desktop.gui.dialogs.concept import ConceptDialog, TakeOutDialog
from bren_desktop.gui.dialogs.concepts import ConceptsDialog
from bren_desktop.services.concepts import OpenConcept
from bren_desktop.services.context import author
from tests.screenshots.stage import Stage

NEW = ConceptRecord(
    extern_id="zeilproject",
    naam="zeilproject",
    ook=("gaat mee op het zeilschip", "maanden op zee"),
    hints=("zeilen", "schip"),
    breder=("verslaving",),
    codes=("KP-OND",),
    herkomst="Wens van het team Delft, november 2026",
)


def scene_concepts(stage: Stage) -> QPixmap:
    _change(stage)
    return _picture_of(stage, ConceptsDialog(stage.desk, "", stage.window))


def scene_concepts_own(stage: Stage) -> QPixmap:
    _change(stage)
    dialog = ConceptsDialog(stage.desk, "", stage.window)
    dialog.ui.own_only.setChecked(True)
    stage.settle()
    dialog.ui.table.selectRow(2)
    return _picture_of(stage, dialog)


def scene_concepts_nothing_found(stage: Stage) -> QPixmap:
    dialog = ConceptsDialog(stage.desk, "", stage.window)
    dialog.ui.wanted.setText("qxqx")
    return _picture_of(stage, dialog)


def scene_concept(stage: Stage) -> QPixmap:
    dialog = ConceptDialog(stage.desk, OpenConcept(ConceptRecord(), {}), stage.window)
    dialog.binding.lay_over({name: value for (name, _), value in _raw(NEW).items()})
    dialog.count()
    return _picture_of(stage, dialog)


def scene_concept_out(stage: Stage) -> QPixmap:
    record = stage.workspace.concepts.open(stage.workspace.actor, "autisme").record
    return _picture_of(stage, TakeOutDialog(stage.desk, record, stage.window))


def _raw(record: ConceptRecord) -> dict[tuple[str, str], object]:
    lists = {(name, ""): list(value) for name, value in record if isinstance(value, tuple)}
    return {**lists, ("naam", ""): "thuis", ("herkomst", ""): record.herkomst}


def _change(stage: Stage) -> None:
    """A concept added, changed, out, and one that cannot hold wholly."""
    workspace = stage.workspace
    concepts, actor = workspace.concepts, workspace.actor
    if any(each.is_own for each in concepts.overview(actor)):
        return
    autism = concepts.open(actor, "autisme").record
    concepts.save(
        actor, autism.model_copy(update={"herkomst": "Team Haaglanden", "hints": (*autism.hints, "prikkels")})
    )
    concepts.take_out(actor, "complexe-scheiding", "Te breed voor ons")
    with workspace.context.store.write(author(actor)) as writer:
        loose = NEW.model_copy(update={"verwant": ("schermtijd",)})
        entity = workspace.context.store.entity_for(Kind.CONCEPT, NEW.extern_id)
        writer.write(Kind.CONCEPT, entity, flatten(loose))


def _picture_of(stage: Stage, dialog: QDialog) -> QPixmap:
    dialog.open()
    picture = stage.picture()
    dialog.reject()
    return picture
