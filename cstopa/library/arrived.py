"""A file that a form sends is looked into before the transaction of its save, which keeps all others from writing."""

from contextlib import suppress

from django.core.exceptions import ValidationError

from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.library import files

# Of the form of a picture or a document.
NAME = "uploaded_file"


def found_in(file, look):
    """Return what ``look(file)`` finds in an uploaded file; ValidationError where it refuses that.

    It looks once, however often the form is read: a save that collided with another is tried again.
    """
    if not hasattr(file, "found"):
        try:
            file.found = look(file), None
        except ValidationError as error:
            file.found = None, error
    found, error = file.found
    if error:
        raise error
    return found


def look_into(request, look):
    """Look into the file of a form that was sent; the form tells what was found."""
    if file := request.FILES.get(NAME):
        with suppress(ValidationError):
            found_in(file, look)


class FileForm(ConflictCheckedForm):
    """The form of a row that has a file. ``of_file`` names the fields that follow from it."""

    of_file = ()
    # The version whose file comes back.
    earlier = None

    def has_changed(self):
        return self.earlier is not None or super().has_changed()

    def save(self, commit=True):
        if upload := self.cleaned_data.get("uploaded"):
            self.instance.take(upload)
        elif self.earlier is not None:
            for name in self.of_file:
                setattr(self.instance, name, getattr(self.earlier, name))
        return super().save(commit)


class TakesFile:
    """Pages of a model whose form, a FileForm, takes a file, into which ``look`` looks."""

    look = None

    def may_upload(self, request):
        return self.admin_site.has_permission(request) and (
            self.has_add_permission(request) or self.has_change_permission(request)
        )

    def changeform_view(self, request, *args, **kwargs):
        if self.may_upload(request):
            look_into(request, self.look)
        return super().changeform_view(request, *args, **kwargs)

    def _filled(self, request, row, version):
        form = super()._filled(request, row, version)
        # One that was replaced stays in the storage.
        if version.file != row.file.name:
            form.earlier = version
        return form

    def _changeform_view(self, *args):
        with files.gone_with_rows():
            return super()._changeform_view(*args)
