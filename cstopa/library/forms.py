"""The form of a picture, whose file is kept as soon as it arrived."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstopa.library.arrived import FileForm, found_in
from cstopa.library.models import A_TOKEN, Picture, Upload
from cstopa.library.reading import LARGEST, picture_in, refused

FILE = "_file"


class UploadWidget(forms.Widget):
    """A file that is chosen, dropped or pasted, and the token of one that arrived before."""

    template_name = "admin/widgets/upload.html"
    needs_multipart_form = True
    # Of the page: the picture that there is, the uploads that wait, and whether it takes no more than
    # one, or several of which none is shown.
    picture, waiting, is_one, is_several = None, (), False, False

    class Media:
        js = [Script("desk/library.js", type="module")]

    def value_from_datadict(self, data, files, name):
        return files.get(name + FILE), data.get(name, "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and name + FILE not in files

    def render(self, name, value, attrs=None, renderer=None):
        token = value[1] if isinstance(value, tuple) else value or ""
        address = picture_address(self.picture) if self.picture else ""
        context = self.get_context(name, None, attrs) | {
            "file_name": name + FILE,
            "token": token,
            "address": upload_address(token) if A_TOKEN.fullmatch(token) else address,
            "waiting": [each for each in self.waiting if each.token != token],
            "is_one": self.is_one,
            "is_several": self.is_several,
            "largest": LARGEST,
            "too_large": refused("too_large").messages[0],
        }
        return render_to_string(self.template_name, context)


def upload_address(token):
    return reverse("admin:library_picture_uploaded", args=[token])


def picture_address(picture):
    return reverse("admin:library_picture_file", args=[picture.pk])


class UploadField(forms.Field):
    widget = UploadWidget

    def has_changed(self, initial, data):
        file, token = data or (None, "")
        return bool(file or token)


class PictureForm(FileForm):
    """A picture; of an upload, it becomes the picture of it."""

    uploaded = UploadField(label=_("Picture"), required=False)
    of_file = ("file", "width", "height")
    # Whose uploads they are: its class is made for each request.
    account = None

    @staticmethod
    def used_in():
        return ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("uploaded"):
            field.widget.picture = self.instance if self.instance.pk else None
            waiting = Upload.objects.filter(account=self.account).order_by("uploaded_at")
            field.widget.waiting = waiting
            field.help_text = _("JPEG, PNG, WebP, AVIF or a still GIF, of 50 megapixels at most.")
            if used := self.used_in():
                words = _("Used in: {links}.")
                field.help_text = format_html(
                    "{} {}", field.help_text, format_html(words, links=used)
                )

    def clean_uploaded(self):
        """Return the Upload, None where a picture stays as it is."""
        file, token = self.cleaned_data["uploaded"]
        if file:
            upload = Upload.objects.keep(self.account, found_in(file, look), file.name)
            # The form that comes back with an error has it.
            self.data = self.data.copy()
            self.data[self.add_prefix("uploaded")] = upload.token
            return upload
        if not token:
            if not self.instance.pk:
                raise ValidationError(_("Choose a picture."), code="required")
            return None
        upload = Upload.objects.sent(self.account, token)
        if upload is None:
            self.data = self.data.copy()
            self.data[self.add_prefix("uploaded")] = ""
            raise ValidationError(_("The picture is not here any more: choose it anew."))
        return upload

    class Meta:
        model = Picture
        fields = ()


def look(file):
    """Return the CleanPicture in an uploaded file."""
    return picture_in(read(file))


def read(file):
    """Return the bytes of an uploaded file; ValidationError, before they are read, where it is too large."""
    if file.size > LARGEST:
        raise refused("too_large")
    return file.read()
