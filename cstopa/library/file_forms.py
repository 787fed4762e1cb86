"""The form of a picture or a document, whose file is kept as soon as it arrived."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import Script
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.library.apart import LARGEST, TOO_LARGE
from cstopa.library.arrived import found_in

FILE = "_file"


class UploadWidget(forms.Widget):
    """A file that is chosen, dropped or pasted, and the token of one that arrived before."""

    needs_multipart_form = True
    # How the names of the addresses of its model begin.
    pages = ""
    # Of the page: the row that there is, the uploads that wait, and whether it takes no more than
    # one, or several of which none is shown.
    row, waiting, is_one, is_several = None, (), False, False

    class Media:
        js = [Script("desk/library.js", type="module")]

    @staticmethod
    def shown(upload):
        """Return what its template, or its script, shows of an upload."""
        raise NotImplementedError

    def value_from_datadict(self, data, files, name):
        return files.get(name + FILE), data.get(name, "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and name + FILE not in files

    def render(self, name, value, attrs=None, renderer=None):
        token = value[1] if isinstance(value, tuple) else value or ""
        arrived = next((each for each in self.waiting if each.token == token), None)
        context = self.get_context(name, None, attrs) | {
            "file_name": name + FILE,
            "token": token,
            "arrived": arrived and self.shown(arrived),
            "row": self.row,
            "waiting": [] if self.is_one else [each for each in self.waiting if each != arrived],
            "is_one": self.is_one,
            "is_several": self.is_several,
            "upload": reverse(f"{self.pages}_upload"),
            "add": reverse(f"{self.pages}_add"),
            "largest": LARGEST,
            "too_large": TOO_LARGE % {"largest": filesizeformat(LARGEST)},
        }
        return render_to_string(self.template_name, context)


class UploadField(forms.Field):
    def __init__(self, **options):
        super().__init__(required=False, **options)

    def has_changed(self, initial, data):
        file, token = data or (None, "")
        return bool(file or token)


class FileForm(ConflictCheckedForm):
    """The form of a row that has a file, in its field ``uploaded``; of an upload it becomes the row of it."""

    # Where they are kept, and what finds one in the bytes of a file or refuses it.
    uploads = look = None
    # Whose uploads they are: its class is made for each request.
    account = None
    # Whether that may change what readers see.
    may_publish = False
    # The version whose file comes back.
    earlier = None
    # Fields that say something of the very file.
    says_of_file = ("uploaded",)

    @staticmethod
    def used_in():
        return ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("uploaded"):
            field.widget.row = self.instance if self.instance.pk else None
            field.widget.waiting = self.uploads.waiting(self.account)
            if used := self.used_in():
                words = _("Used in: {links}.")
                field.help_text = format_html(
                    "{} {}", field.help_text, format_html(words, links=used)
                )

    def clean(self):
        cleaned = super().clean()
        seen = self.merge and self.merge.seen
        is_of_file = not {*self.says_of_file}.isdisjoint(self.changed_data)
        if seen and is_of_file and seen.file != self.stored.file.name:
            words = _(
                "%(who)s has replaced the file since you opened this. Saved once more, yours counts."
            )
            self.add_error("uploaded", ValidationError(words, params={"who": self.merge.who}))
        return cleaned

    def has_changed(self):
        return self.earlier is not None or super().has_changed()

    def clean_uploaded(self):
        """Return the upload, None where the file stays as it is."""
        file, token = self.cleaned_data["uploaded"]
        if file:
            upload = self.uploads.keep(self.account, found_in(file, self.look), file.name)
        elif token:
            upload = self.uploads.sent(self.account, token)
        elif self.instance.pk:
            return None
        else:
            raise ValidationError(_("Choose a file."), code="required")
        # The form that comes back with an error has it.
        self.data = self.data.copy()
        self.data[self.add_prefix("uploaded")] = upload.token if upload else ""
        if upload is None:
            raise ValidationError(_("The file is not here any more: choose it anew."))
        return upload

    def save(self, commit=True):
        found = self.cleaned_data.get("uploaded") or self.earlier
        if found is not None:
            self.instance.file = str(found.file)
            for name in self.uploads.model.of_file:
                setattr(self.instance, name, getattr(found, name))
        return super().save(commit)
