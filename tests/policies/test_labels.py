"""Labels come from the model, also of what another department holds."""

from __future__ import annotations

from graph.catalogue import model
from policies.labels import Labels


def test_every_policed_type_and_field_has_the_models_label() -> None:
    labels = Labels(model())
    for name, declared in model().policed.items():
        assert labels.of_type(name) == declared.label
        for field, of in model().grantable(name).items():
            assert labels.of_field(name, field) == of.label


def test_what_a_department_holds_is_named_where_it_hangs() -> None:
    held = model().held["EducationCertificate"]
    assert Labels(model()).of_field(held.of, held.through.field) == held.label
